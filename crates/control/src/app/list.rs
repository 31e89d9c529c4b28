//! Lists apps.

use paifang_model::App;
use paifang_model::id::AppQuotaId;
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which apps are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppFilter {
    /// With exactly this name.
    pub name: Option<String>,
    /// With this in their name, in upper or lower case.
    pub name_contains: Option<String>,
    /// That have this quota.
    pub quota: Option<AppQuotaId>,
}

impl Context {
    /// The apps of the caller's account, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_apps(
        &self,
        filter: &AppFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<App>>, Error> {
        self.may(Action::ListApps, &ResourcePath::all(Noun::App)).await?;
        let mut query = Query::of::<App>().within(self.principal.account);
        if let Some(name) = &filter.name {
            query = query.eq("name", name);
        }
        if let Some(part) = &filter.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        if let Some(quota) = filter.quota {
            query = query.eq("quota", quota.0);
        }
        self.documents().list(&paging.apply_named(query, "name")).await
    }
}
