//! Lists black lists.

use paifang_model::BlackList;
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which black lists are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlackListFilter {
    /// With this in their name, in upper or lower case.
    pub name_contains: Option<String>,
    /// With entries of this kind: `address`, `app` or `user`.
    pub kind: Option<String>,
}

impl Context {
    /// The black lists of the caller's account, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_black_lists(
        &self,
        filter: &BlackListFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<BlackList>>, Error> {
        self.may(Action::ListBlackLists, &ResourcePath::all(Noun::BlackList)).await?;
        let mut query = Query::of::<BlackList>().within(self.principal.account);
        if let Some(part) = &filter.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        if let Some(kind) = &filter.kind {
            query = query.eq("kind", kind);
        }
        self.documents().list(&paging.apply_named(query, "name")).await
    }
}
