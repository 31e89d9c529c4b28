//! Takes a certificate.

use paifang_model::certificate::CERTIFICATE_NAME;
use paifang_model::id::CertificateId;
use paifang_model::{Certificate, CertificateFacts, Secret, Violations};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use super::inspect::{check_chain, check_client_authority};
use super::read::CertificateInfo;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// A certificate with its key.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CertificateDraft {
    /// Its name, unique.
    pub name: String,
    /// The chain in PEM, the host's own certificate first, each signed by the one after it; at most ten.
    pub chain: String,
    /// Its key in PEM: PKCS #8, PKCS #1 or SEC 1, without a passphrase. It is never shown again.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: Secret,
    /// Whose certificates clients show where a domain asks for one, in PEM.
    #[serde(default)]
    pub client_authority: Option<String>,
}

impl CertificateDraft {
    /// What the certificate says of itself, when nothing is wrong with it. `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// All complaints: about the name, a chain that does not hold together, a key that is not its, dates, a missing host.
    /// None of them quotes what was given.
    pub fn check(&self, now: i64) -> Result<CertificateFacts, Violations> {
        let mut violations = Violations::new();
        violations.at("/name", CERTIFICATE_NAME.check(&self.name));
        let authority = self.client_authority.as_deref();
        match judge(&self.chain, &self.key, authority, now, &mut violations) {
            Some(facts) => violations.or(facts),
            None => Err(violations),
        }
    }
}

impl Context {
    /// Takes a certificate.
    ///
    /// # Errors
    /// When the caller may not, the name is taken, or rules are broken: the chain does not hold together, the key is not its,
    /// it has ended or not begun, or names no host.
    pub async fn create_certificate(
        &self,
        draft: CertificateDraft,
    ) -> Result<Stored<CertificateInfo>, Error> {
        let id = CertificateId::random();
        let permission = self.authorize(Action::CreateCertificate, &super::path(id)).await?;
        let facts = draft.check(self.control.now())?;
        let CertificateDraft { name, chain, key, client_authority } = draft;
        let certificate = Certificate { id, name, chain, key, client_authority, facts };
        let change =
            Change::new().create(&certificate).given("name", "/name", &certificate.name).detail(json!({
                "name": certificate.name,
                "names": certificate.facts.names,
                "not_after": certificate.facts.not_after,
            }));
        let made = permission.commit(&self.control, change).await?.made(certificate);
        Ok(CertificateInfo::of(made, &[]))
    }
}

/// All complaints about what is in a certificate; what it says of itself when there are none.
pub(super) fn judge(
    chain: &str,
    key: &Secret,
    client_authority: Option<&str>,
    now: i64,
    violations: &mut Violations,
) -> Option<CertificateFacts> {
    if let Some(authority) = client_authority {
        violations.at("/client_authority", check_client_authority(authority, now));
    }
    match check_chain(chain, key, now) {
        Ok(facts) => Some(facts),
        Err(complaints) => {
            violations.nest("", complaints);
            None
        }
    }
}
