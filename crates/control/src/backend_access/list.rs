//! Lists backend accesses.

use paifang_model::BackendAccess;
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which backend accesses are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackendAccessFilter {
    /// With this in their name, in upper or lower case.
    pub name_contains: Option<String>,
    /// Called exactly so.
    pub name: Option<String>,
    /// At this [place](BackendAccess::place_of).
    pub place: Option<String>,
}

impl Context {
    /// Backend accesses, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_backend_accesses(
        &self,
        filter: &BackendAccessFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<BackendAccess>>, Error> {
        self.may(Action::ListBackendAccesses, &ResourcePath::all(Noun::BackendAccess)).await?;
        let mut query = Query::of::<BackendAccess>();
        if let Some(part) = &filter.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        if let Some(name) = &filter.name {
            query = query.eq("name", name.as_str());
        }
        if let Some(place) = &filter.place {
            query = query.eq("triple", place.as_str());
        }
        self.documents().list(&paging.apply_named(query, "name")).await
    }
}
