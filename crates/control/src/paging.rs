//! Which part of a list is wanted.

use paifang_store::{Cursor, Direction, Order, Page, Query, Start, Stored};

/// Which part of a list is wanted. The type says by what it may be sorted: every list takes a plain `Paging`, and lists of
/// things with a name a `Paging<CreatedOrName>` too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging<B = Created> {
    /// Where the page starts.
    pub start: Start,
    /// At most so many: 1 to 500.
    pub limit: u32,
    /// By what the list is sorted.
    pub by: B,
    /// Oldest or first name first, or the other way round.
    pub direction: Direction,
    /// Whether the number of all that match is wanted.
    pub counted: bool,
}

/// By what a list is sorted.
pub trait By: Copy + Send + Sync {
    /// The same for the store, where `name` is the field that holds the names.
    fn order(self, name: &'static str) -> Order;
}

/// By the time when things were made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Created;

/// By the time when things were made, or by their names: these compare by code points, and equal ones by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CreatedOrName {
    /// By the time when things were made.
    #[default]
    Created,
    /// By their names.
    Name,
}

impl By for Created {
    fn order(self, _name: &'static str) -> Order {
        Order::Created
    }
}

impl By for CreatedOrName {
    fn order(self, name: &'static str) -> Order {
        match self {
            Self::Created => Order::Created,
            Self::Name => Order::Field(name),
        }
    }
}

impl Default for Paging {
    /// The first hundred, oldest first.
    fn default() -> Self {
        Self {
            start: Start::Offset(0),
            limit: 100,
            by: Created,
            direction: Direction::Ascending,
            counted: false,
        }
    }
}

impl<B: By> Paging<B> {
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

    /// For a list of things whose names are in a field.
    pub(crate) fn apply_named(&self, query: Query, name: &'static str) -> Query {
        self.apply_in(query, self.by.order(name))
    }

    fn apply_in(&self, mut query: Query, order: Order) -> Query {
        query.start = self.start.clone();
        query.limit = self.limit;
        query.order = order;
        query.direction = self.direction;
        query.count = self.counted;
        query
    }
}

impl Paging {
    /// For a list of things without names.
    pub(crate) fn apply(&self, query: Query) -> Query {
        self.apply_in(query, Order::Created)
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
