//! Shows the authority; its key stays where it is.

use paifang_model::{Authority, CertificateFacts};
use paifang_store::Stored;
use serde::Serialize;

use crate::action::Action;
use crate::certificate;
use crate::control::{Context, Control};
use crate::error::Error;

/// What may be told of the authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorityInfo {
    /// Its certificate in PEM, for whoever is to trust it.
    pub certificate: String,
    /// What the certificate says of itself.
    pub facts: CertificateFacts,
    /// The names that its certificate for subdomains covers.
    pub names: Vec<String>,
    /// When the certificate for subdomains ends, in milliseconds since 1970; it is renewed a month before.
    pub renewed_until: i64,
}

impl Context {
    /// The authority.
    ///
    /// # Errors
    /// When the caller may not, or there is none yet.
    pub async fn read_authority(&self) -> Result<Stored<AuthorityInfo>, Error> {
        self.may(Action::ReadAuthority, &super::path()).await?;
        let found = self.documents().find::<Authority>(Authority::ID).await?;
        info(found)
    }
}

impl Control {
    /// The authority's certificate in PEM, which every handshake shows: for anybody.
    ///
    /// # Errors
    /// When there is none yet, or the store is away.
    pub async fn authority_certificate(&self) -> Result<String, Error> {
        Ok(self.documents().find::<Authority>(Authority::ID).await?.value.certificate)
    }
}

pub(super) fn info(found: Stored<Authority>) -> Result<Stored<AuthorityInfo>, Error> {
    let Stored { value, revision, created_at, updated_at } = found;
    let Authority { certificate, leaf, .. } = value;
    let facts = certificate::facts_of(&certificate).map_err(|complaint| {
        Error::Unavailable(
            format!("the authority's certificate cannot be read: {}", complaint.message).into(),
        )
    })?;
    let value = AuthorityInfo { certificate, facts, names: leaf.names, renewed_until: leaf.not_after };
    Ok(Stored { value, revision, created_at, updated_at })
}
