//! Pages by number, as every list of this interface has them (spec: aliyun/management-api.md §3).

use paifang_control::{Direction, Error, Page, Paging, Start};
use serde_json::{Map, Value, json};
use tracing::warn;

use crate::fault::Fault;
use crate::params::Params;

/// Documents read at once when a whole list is gone through.
const AT_ONCE: u32 = 500;

/// Which page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageNumber {
    number: u32,
    size: u32,
}

/// A page, and how many there are on all pages.
#[derive(Debug)]
pub(crate) struct Listed<T> {
    pub(crate) items: Vec<T>,
    page: PageNumber,
    total: u64,
}

impl PageNumber {
    /// `PageNumber` from 1, and `PageSize` of 10 unless it says otherwise.
    pub(crate) fn of(params: &Params, size_at_most: u32) -> Result<Self, Fault> {
        let number = params.number("PageNumber")?.unwrap_or(1);
        let size = params.number("PageSize")?.unwrap_or(10);
        if number == 0 {
            return Err(Fault::invalid("PageNumber", "0", "pages count from 1"));
        }
        if size == 0 || size > size_at_most {
            let rule = format!("1 to {size_at_most} are allowed");
            return Err(Fault::invalid("PageSize", &size.to_string(), &rule));
        }
        Ok(Self { number, size })
    }

    fn offset(self) -> u64 {
        u64::from(self.number - 1) * u64::from(self.size)
    }

    /// This page of a list that control pages.
    pub(crate) fn paging(self) -> Paging {
        Paging { start: Start::Offset(self.offset()), limit: self.size, ..Paging::default() }.counted()
    }

    /// The page that control gave for [`PageNumber::paging`].
    pub(crate) fn given<T>(self, page: Page<T>) -> Listed<T> {
        let total = page.total.unwrap_or_default();
        Listed { items: readable(page), page: self, total }
    }

    /// This page of a list that is known as a whole.
    pub(crate) fn cut<T>(self, all: Vec<T>) -> Listed<T> {
        let total = all.len() as u64;
        let skipped = usize::try_from(self.offset()).unwrap_or(usize::MAX);
        let items = all.into_iter().skip(skipped).take(self.size as usize).collect();
        Listed { items, page: self, total }
    }
}

impl<T> Listed<T> {
    /// `{"<outer>": {"<inner>": […]}, "TotalCount": …}`.
    pub(crate) fn answer(self, outer: &str, inner: &str, show: impl Fn(T) -> Value) -> Value {
        let items: Vec<Value> = self.items.into_iter().map(show).collect();
        Value::Object(Map::from_iter([
            (outer.to_owned(), json!({ inner: items })),
            ("TotalCount".to_owned(), json!(self.total)),
            ("PageNumber".to_owned(), json!(self.page.number)),
            ("PageSize".to_owned(), json!(self.page.size)),
        ]))
    }

    /// The same for lists that this interface does not wrap: `{"<outer>": […], "TotalCount": …}`.
    pub(crate) fn plain_answer(self, outer: &str, show: impl Fn(T) -> Value) -> Value {
        let mut answer = self.answer(outer, "", show);
        if let Some(list) = answer[outer].as_object_mut().and_then(|wrapper| wrapper.shift_remove("")) {
            answer[outer] = list;
        }
        answer
    }

    /// The same page of what each item becomes.
    pub(crate) fn with<U>(&self, items: Vec<U>) -> Listed<U> {
        Listed { items, page: self.page, total: self.total }
    }
}

/// `Sort`: by the time things were made, the oldest first unless it says otherwise.
pub(crate) fn direction(params: &Params) -> Result<Direction, Fault> {
    match params.text("Sort").map(str::to_ascii_lowercase).as_deref() {
        None | Some("asc") => Ok(Direction::Ascending),
        Some("desc") => Ok(Direction::Descending),
        Some(other) => Err(Fault::invalid("Sort", other, "asc and desc are allowed")),
    }
}

/// Refuses the switch that makes permissions depend on tags.
pub(crate) fn refuse_tag_permissions(params: &Params, name: &'static str) -> Result<(), Fault> {
    params.refuse_true(name, "permissions do not depend on tags")
}

/// Everything on all pages; for conditions that the store does not look at.
pub(crate) async fn everything<T, F>(fetch: impl Fn(Paging) -> F) -> Result<Vec<T>, Error>
where
    F: Future<Output = Result<Page<T>, Error>> + Send,
{
    let mut all = Vec::new();
    let mut paging = Paging::default().limit(AT_ONCE);
    loop {
        let mut page = fetch(paging.clone()).await?;
        let next = page.next.take();
        all.extend(readable(page));
        match next {
            Some(cursor) => paging = paging.after(cursor),
            None => return Ok(all),
        }
    }
}

/// What cannot be read is set aside, so that it does not hide its neighbours.
pub(crate) fn readable<T>(page: Page<T>) -> Vec<T> {
    let read = |item: Result<T, _>| match item {
        Ok(item) => Some(item),
        Err(error) => {
            warn!(%error, "Left out of a list what cannot be read");
            None
        }
    };
    page.items.into_iter().filter_map(read).collect()
}
