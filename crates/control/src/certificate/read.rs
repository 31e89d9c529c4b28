//! Shows a certificate; its key stays where it is.

use paifang_model::id::CertificateId;
use paifang_model::{Certificate, CertificateFacts, Domain};
use paifang_store::Stored;
use serde::Serialize;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

/// What may be told of a certificate: everything but its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CertificateInfo {
    /// Its id.
    pub id: CertificateId,
    /// Its name.
    pub name: String,
    /// The chain, in PEM.
    pub chain: String,
    /// Whose certificates clients show where a domain asks for one, in PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_authority: Option<String>,
    /// What the certificate says of itself.
    pub facts: CertificateFacts,
    /// The hosts of the domains that have it; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
}

impl CertificateInfo {
    pub(super) fn of(found: Stored<Certificate>, domains: &[Domain]) -> Stored<Self> {
        let Stored { value, revision, created_at, updated_at } = found;
        let Certificate { id, name, chain, client_authority, facts, .. } = value;
        let mut domains: Vec<_> = domains.iter().map(|domain| domain.host.clone()).collect();
        domains.sort();
        let value = Self { id, name, chain, client_authority, facts, domains };
        Stored { value, revision, created_at, updated_at }
    }
}

impl Context {
    /// One certificate, with the domains that have it.
    ///
    /// # Errors
    /// When the caller may not, or there is no such certificate.
    pub async fn read_certificate(&self, id: CertificateId) -> Result<Stored<CertificateInfo>, Error> {
        self.may(Action::ReadCertificate, &super::path(id)).await?;
        let certificate = self.documents().find::<Certificate>(id).await?;
        Ok(CertificateInfo::of(certificate, &self.domains_with(id).await?))
    }
}
