//! Lists the inventory.

use paifang_model::BackendInstance;
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which backend instances are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackendInstanceFilter {
    /// With exactly this cloud's id.
    pub instance: Option<String>,
    /// With this in the cloud's id, in upper or lower case.
    pub instance_contains: Option<String>,
    /// That the cloud calls exactly so.
    pub name: Option<String>,
}

impl Context {
    /// Backend instances, by the time they were made or by the cloud's id.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_backend_instances(
        &self,
        filter: &BackendInstanceFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<BackendInstance>>, Error> {
        self.may(Action::ListBackendInstances, &ResourcePath::all(Noun::BackendInstance)).await?;
        self.documents().list(&paging.apply_named(filter.query(), "instance")).await
    }
}

impl BackendInstanceFilter {
    fn query(&self) -> Query {
        let mut query = Query::of::<BackendInstance>();
        if let Some(instance) = &self.instance {
            query = query.eq("instance", instance);
        }
        if let Some(part) = &self.instance_contains {
            query = query.filter(Filter::Contains("instance", part.clone()));
        }
        if let Some(name) = &self.name {
            query = query.eq("name", name);
        }
        query
    }
}
