//! Lists certificates.

use paifang_model::Certificate;
use paifang_store::{Filter, Page, Query, Stored};

use super::read::CertificateInfo;
use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which certificates are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CertificateFilter {
    /// With exactly this name.
    pub name: Option<String>,
    /// With this in their name.
    pub name_contains: Option<String>,
}

impl Context {
    /// Certificates, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_certificates(
        &self,
        filter: &CertificateFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<CertificateInfo>>, Error> {
        self.may(Action::ListCertificates, &ResourcePath::all(Noun::Certificate)).await?;
        let mut query = Query::of::<Certificate>();
        if let Some(name) = &filter.name {
            query = query.eq("name", name.clone());
        }
        if let Some(part) = &filter.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        let page = self.documents().list::<Certificate>(&paging.apply_named(query, "name")).await?;
        let Page { items, next, total, revision } = page;
        let items = items.into_iter().map(|item| item.map(|found| CertificateInfo::of(found, &[]))).collect();
        Ok(Page { items, next, total, revision })
    }
}
