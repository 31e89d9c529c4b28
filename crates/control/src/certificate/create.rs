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
        let mut violations = Violations::new();
        violations.at("/name", CERTIFICATE_NAME.check(&draft.name));
        let facts = judge(
            &draft.chain,
            &draft.key,
            draft.client_authority.as_deref(),
            self.control.now(),
            &mut violations,
        );
        violations.or(())?;
        // Without complaints there are facts.
        let Some(facts) = facts else { return Err(Violations::new().into()) };
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
