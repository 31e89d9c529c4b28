//! What a list is asked for.

use paifang_model::id::Id;
use paifang_model::kind::Kind;
use paifang_model::record::{Key, Record, Sortable};
use paifang_model::secret::Secret;

use crate::cursor::Cursor;
use crate::document::Unreadable;

/// The most rows that one page holds.
pub const MAX_LIMIT: u32 = 500;
/// The most filters of one query.
pub const MAX_FILTERS: usize = 16;
/// The most values of one [`Filter::In`].
pub const MAX_VALUES: usize = 500;

/// Which documents of a kind are wanted, in which order, from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Their kind.
    pub kind: Kind,
    /// The scope they belong to; none looks in all.
    pub scope: Option<Id>,
    /// What must hold for each of them; at most [`MAX_FILTERS`].
    pub filters: Vec<Filter>,
    /// By what they are sorted.
    pub order: Order,
    /// Which way they are sorted; equal ones by id, the same way.
    pub direction: Direction,
    /// Where the page starts.
    pub start: Start,
    /// At most so many: 1 to [`MAX_LIMIT`].
    pub limit: u32,
    /// Whether [`Page::total`] is wanted; it costs a walk over all that match.
    pub count: bool,
}

/// What must hold for a document. Values compare as [`Sortable`] writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// The field has the value.
    Eq(&'static str, String),
    /// The secret field has the value.
    Secret(&'static str, Secret),
    /// The field starts with the text.
    Prefix(&'static str, String),
    /// The field contains the text; ASCII letters match in either case.
    Contains(&'static str, String),
    /// The field has one of the values (at most [`MAX_VALUES`]; of none, nothing matches).
    In(&'static str, Vec<String>),
    /// The document has this link.
    Linked(&'static str, Key),
    /// The document does not have this link.
    NotLinked(&'static str, Key),
}

/// By what documents are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By the time they were made.
    Created,
    /// By a field. Documents without it are not listed, so a noun always gives the fields it is sorted by, once.
    Field(&'static str),
}

/// Which way documents are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// Where a page starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// After the last row of another page; steady while documents come and go.
    After(Cursor),
    /// After so many rows.
    Offset(u64),
}

/// One page of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// The documents, and in their places those that cannot be read.
    pub items: Vec<Result<T, Unreadable>>,
    /// Where the next page starts, when there is one.
    pub next: Option<Cursor>,
    /// How many meet the filters, when asked for; those without the field that the list is sorted by count too.
    pub total: Option<u64>,
    /// The revision at which the page was read.
    pub revision: u64,
}

impl Query {
    /// All documents of a kind, oldest first, in pages of 100.
    #[must_use]
    pub fn of_kind(kind: Kind) -> Self {
        Self {
            kind,
            scope: None,
            filters: Vec::new(),
            order: Order::Created,
            direction: Direction::Ascending,
            start: Start::Offset(0),
            limit: 100,
            count: false,
        }
    }

    /// All documents of a noun, oldest first, in pages of 100.
    #[must_use]
    pub fn of<R: Record>() -> Self {
        Self::of_kind(R::KIND)
    }

    /// Only those that belong to a document.
    #[must_use]
    pub fn within(mut self, scope: impl Into<Id>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Only those for which the filter holds.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filters.push(filter);
        self
    }

    /// Only those whose field has the value.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and ids are sortable too")]
    pub fn eq(self, field: &'static str, value: impl Sortable) -> Self {
        self.filter(Filter::Eq(field, value.sortable()))
    }

    /// Only those whose secret field has the value.
    #[must_use]
    pub fn secret(self, field: &'static str, value: Secret) -> Self {
        self.filter(Filter::Secret(field, value))
    }

    /// Only those that have this link.
    #[must_use]
    pub fn linked<R: Record>(self, edge: &'static str, target: impl Into<Id>) -> Self {
        self.filter(Filter::Linked(edge, Key::of::<R>(target)))
    }

    /// Sorted by a field, smallest first.
    #[must_use]
    pub fn by(mut self, field: &'static str) -> Self {
        self.order = Order::Field(field);
        self
    }

    /// Sorted the other way: largest or newest first.
    #[must_use]
    pub fn descending(mut self) -> Self {
        self.direction = Direction::Descending;
        self
    }

    /// The page after another one.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.start = Start::After(cursor);
        self
    }

    /// The page after so many rows.
    #[must_use]
    pub fn offset(mut self, rows: u64) -> Self {
        self.start = Start::Offset(rows);
        self
    }

    /// In pages of so many rows.
    #[must_use]
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = rows;
        self
    }

    /// With the number of all that match.
    #[must_use]
    pub fn counted(mut self) -> Self {
        self.count = true;
        self
    }
}
