//! Lists backend services.

use paifang_model::BackendService;
use paifang_model::backend_service::ServiceKind;
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which backend services are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackendServiceFilter {
    /// With this in their name, in upper or lower case.
    pub name_contains: Option<String>,
    /// Of this kind.
    pub kind: Option<ServiceKind>,
}

impl Context {
    /// Backend services, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_backend_services(
        &self,
        filter: &BackendServiceFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<BackendService>>, Error> {
        self.may(Action::ListBackendServices, &ResourcePath::all(Noun::BackendService)).await?;
        let mut query = Query::of::<BackendService>();
        if let Some(part) = &filter.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        if let Some(kind) = filter.kind {
            query = query.eq("kind", kind.name());
        }
        self.documents().list(&paging.apply_named(query, "name")).await
    }
}
