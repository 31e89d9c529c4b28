//! Lists groups.

use paifang_model::{Dialect, Group};
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which groups are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupFilter {
    /// Of this dialect.
    pub dialect: Option<Dialect>,
    /// With exactly this name.
    pub name: Option<String>,
    /// With this in their name, in upper or lower case.
    pub name_contains: Option<String>,
}

impl Context {
    /// Groups, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_groups(
        &self,
        filter: &GroupFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<Group>>, Error> {
        self.may(Action::ListGroups, &ResourcePath::all(Noun::Group)).await?;
        let mut query = Query::of::<Group>();
        if let Some(dialect) = filter.dialect {
            query = query.eq("dialect", dialect.name());
        }
        if let Some(name) = &filter.name {
            query = query.eq("name", name);
        }
        if let Some(part) = &filter.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        self.documents().list(&paging.apply_named(query, "name")).await
    }
}
