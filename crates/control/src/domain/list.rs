//! Lists domains.

use paifang_model::Domain;
use paifang_model::id::{DomainId, GroupId};
use paifang_store::{Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;
use crate::resource::ResourcePath;

impl Context {
    /// Domains of a group or of all, by the time they were bound.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_domains(
        &self,
        group: Option<GroupId>,
        paging: &Paging,
    ) -> Result<Page<Stored<Domain>>, Error> {
        let (path, query) = match group {
            Some(group) => {
                (crate::group::path(group).then_all(Noun::Domain), Query::of::<Domain>().within(group))
            }
            None => (ResourcePath::all(Noun::Domain), Query::of::<Domain>()),
        };
        self.may(Action::ListDomains, &path).await?;
        self.documents().list(&paging.apply(query)).await
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
