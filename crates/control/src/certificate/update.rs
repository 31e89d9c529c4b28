//! Puts another certificate in a certificate's place, for all domains that have it.

use paifang_model::certificate::CERTIFICATE_NAME;
use paifang_model::id::CertificateId;
use paifang_model::{Certificate, Domain, Rule, Secret, Violations};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use super::create::judge;
use super::read::CertificateInfo;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::patch::{nullable, set};

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CertificatePatch {
    /// Its name.
    pub name: Option<String>,
    /// The chain in PEM.
    pub chain: Option<String>,
    /// Its key in PEM; absent: the one that it has.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub key: Option<Secret>,
    /// Whose certificates clients show, in PEM; `null`: no domain with it may ask for one.
    #[serde(deserialize_with = "nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub client_authority: Option<Option<String>>,
}

impl Context {
    /// Changes a certificate; with `expected`, only as it was at that revision. Handshakes from then on show the new one.
    ///
    /// # Errors
    /// When the caller may not, there is no such certificate, the name is taken, rules are broken as for a new one, it does
    /// not cover the hosts of the domains that have it, or someone else changed it.
    pub async fn update_certificate(
        &self,
        id: CertificateId,
        patch: CertificatePatch,
        expected: Option<u64>,
    ) -> Result<Stored<CertificateInfo>, Error> {
        let permission = self.authorize(Action::UpdateCertificate, &super::path(id)).await?;
        let old = self.documents().find::<Certificate>(id).await?;
        let mut certificate = old.value.clone();
        let is_renewed = patch.chain.is_some() || patch.key.is_some();
        set(&mut certificate.name, patch.name);
        set(&mut certificate.chain, patch.chain);
        set(&mut certificate.key, patch.key);
        set(&mut certificate.client_authority, patch.client_authority);
        let domains = self.domains_with(id).await?;
        self.check_changed(&mut certificate, is_renewed, &domains)?;
        let change = Change::new()
            .replace(&old, expected, &certificate)
            .given("name", "/name", &certificate.name)
            .detail(json!({ "name": certificate.name, "not_after": certificate.facts.not_after }));
        let changed = permission.commit(&self.control, change).await?.changed(old.created_at, certificate);
        Ok(CertificateInfo::of(changed, &domains))
    }

    fn check_changed(
        &self,
        certificate: &mut Certificate,
        is_renewed: bool,
        domains: &[Domain],
    ) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/name", CERTIFICATE_NAME.check(&certificate.name));
        let Certificate { chain, key, client_authority, .. } = &*certificate;
        if is_renewed {
            let facts = judge(chain, key, client_authority.as_deref(), self.control.now(), &mut violations);
            set(&mut certificate.facts, facts);
        } else if let Some(authority) = client_authority {
            let checked = super::inspect::check_client_authority(authority, self.control.now());
            violations.at("/client_authority", checked);
        }
        for Domain { host, tls, .. } in domains {
            if !certificate.facts.cover(host) {
                let message = format!("the domain `{host}` has it, and it does not cover that name");
                violations.add("/chain", Rule::Conflict, message);
            }
            if tls.clients.asked() && certificate.client_authority.is_none() {
                let message = format!("the domain `{host}` asks clients for certificates of it");
                violations.add("/client_authority", Rule::Conflict, message);
            }
        }
        violations.or(())
    }
}
