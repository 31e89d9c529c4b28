//! Which part of a list is wanted.

use paifang_control::{Cursor, Paging, Start};
use paifang_model::Rule;
use utoipa::{IntoParams, ToSchema};

use super::query::{FromParams, Params};
use super::sort::{ByCreated, Sort};

/// Rows of a page when nobody says.
pub(crate) const LIMIT: u32 = 100;
/// The most rows of a page.
const LIMIT_AT_MOST: u32 = 500;

/// Which part of a list is wanted. The type says by what it may be sorted.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams<S: ToSchema = ByCreated> {
    /// At most so many rows: 1 to 500; 100 when absent.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// `next` of the page before, in the same order; not together with `offset`.
    cursor: Option<String>,
    /// So many rows are left out; slower than `cursor`, and rows move while others come and go.
    offset: Option<u64>,
    /// By what the list is sorted; with a minus, the other way round.
    #[param(inline)]
    sort: Option<S>,
    /// Whether `total` is wanted.
    count: Option<bool>,
}

impl<S: Sort> PageParams<S> {
    /// The same for `control`.
    pub(crate) fn paging(&self) -> Paging<S::By> {
        let start = match &self.cursor {
            Some(cursor) => Start::After(Cursor::new(cursor.clone())),
            None => Start::Offset(self.offset.unwrap_or(0)),
        };
        let (by, direction) = self.sort.unwrap_or(S::DEFAULT).order();
        let (limit, counted) = (self.limit.unwrap_or(LIMIT), self.count.unwrap_or(false));
        Paging { start, limit, by, direction, counted }
    }
}

impl<S: Sort> FromParams for PageParams<S> {
    fn from_params(params: &mut Params) -> Self {
        let page = Self {
            limit: limit(params),
            cursor: params.text("cursor"),
            offset: params.parsed("offset"),
            sort: params.word("sort"),
            count: params.parsed("count"),
        };

        if page.cursor.is_some() && page.offset.is_some() {
            params.complain(
                "offset",
                Rule::Conflict,
                "a page starts after a cursor or after so many rows, not both",
            );
        }
        page
    }
}

/// How many rows a page may have.
pub(crate) fn limit(params: &mut Params) -> Option<u32> {
    let limit = params.parsed("limit");
    if limit.is_some_and(|limit| !(1..=LIMIT_AT_MOST).contains(&limit)) {
        params.complain("limit", Rule::Range, "1 to 500 are allowed");
    }
    limit
}

/// Which objects are wanted, by their name.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchParams {
    /// With this in their name, in upper or lower case.
    pub(crate) search: Option<String>,
}

impl FromParams for SearchParams {
    fn from_params(params: &mut Params) -> Self {
        Self { search: params.text("search") }
    }
}
