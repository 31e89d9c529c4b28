//! Lists domains.

use paifang_model::Domain;
use paifang_model::id::{DomainId, GroupId};
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which domains are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DomainFilter {
    /// Of this group.
    pub group: Option<GroupId>,
    /// With this in their host, in upper or lower case.
    pub host_contains: Option<String>,
}

impl Context {
    /// Domains, by the time they were bound or by host.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_domains(
        &self,
        filter: &DomainFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<Domain>>, Error> {
        let (path, mut query) = match filter.group {
            Some(group) => {
                (crate::group::path(group).then_all(Noun::Domain), Query::of::<Domain>().within(group))
            }
            None => (ResourcePath::all(Noun::Domain), Query::of::<Domain>()),
        };
        self.may(Action::ListDomains, &path).await?;
        if let Some(part) = &filter.host_contains {
            query = query.filter(Filter::Contains("host", part.clone()));
        }
        self.documents().list(&paging.apply_named(query, "host")).await
    }

    /// One domain.
    ///
    /// # Errors
    /// When the caller may not, or there is no such domain.
    pub async fn read_domain(&self, id: DomainId) -> Result<Stored<Domain>, Error> {
        let domain = self.documents().find::<Domain>(id).await?;
        self.may(Action::ReadDomain, &super::path_of(&domain.value)).await?;
        Ok(domain)
    }
}
