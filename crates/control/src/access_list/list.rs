//! Lists access lists.

use paifang_model::{AccessList, IpVersion};
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which access lists are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessListFilter {
    /// With this in their name, in upper or lower case.
    pub name_contains: Option<String>,
    /// In force for this version of IP.
    pub enforced: Option<IpVersion>,
}

impl Context {
    /// Access lists, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_access_lists(
        &self,
        filter: &AccessListFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<AccessList>>, Error> {
        self.may(Action::ListAccessLists, &ResourcePath::all(Noun::AccessList)).await?;
        let mut query = Query::of::<AccessList>();
        if let Some(part) = &filter.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        if let Some(version) = filter.enforced {
            query = query.eq("enforced", version.name());
        }
        self.documents().list(&paging.apply_named(query, "name")).await
    }
}
