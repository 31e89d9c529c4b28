//! Which part of a list is wanted.

use paifang_store::{Cursor, Direction, Page, Query, Start, Stored};

/// Which part of a list is wanted, by the time things were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// Where the page starts.
    pub start: Start,
    /// At most so many: 1 to 500.
    pub limit: u32,
    /// Oldest or newest first.
    pub direction: Direction,
    /// Whether the number of all that match is wanted.
    pub counted: bool,
}

impl Default for Paging {
    /// The first hundred, oldest first.
    fn default() -> Self {
        Self { start: Start::Offset(0), limit: 100, direction: Direction::Ascending, counted: false }
    }
}

impl Paging {
    /// The page after another one.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.start = Start::After(cursor);
        self
    }

    /// In pages of so many.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = limit;
        self
    }

    /// With the number of all that match.
    #[must_use]
    pub fn counted(mut self) -> Self {
        self.counted = true;
        self
    }

    pub(crate) fn apply(&self, mut query: Query) -> Query {
        query.start = self.start.clone();
        query.limit = self.limit;
        query.direction = self.direction;
        query.count = self.counted;
        query
    }
}

/// The same page with each document as it is shown.
pub(crate) fn map<R, T>(page: Page<Stored<R>>, show: impl Fn(&R) -> T) -> Page<Stored<T>> {
    let Page { items, next, total, revision } = page;
    let shown = |stored: Stored<R>| {
        let Stored { ref value, revision, created_at, updated_at } = stored;
        Stored { value: show(value), revision, created_at, updated_at }
    };
    Page { items: items.into_iter().map(|item| item.map(shown)).collect(), next, total, revision }
}
