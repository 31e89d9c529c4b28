//! Gives a domain a certificate of its own, where whoever asks knows domains and no store of certificates: uploaded and bound in
//! one transaction, or neither.

use paifang_model::domain::ClientCertificates;
use paifang_model::id::{CertificateId, DomainId};
use paifang_model::{Certificate, Domain};
use paifang_store::{Query, Stored};
use serde_json::json;

use super::CertificateDraft;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Gives a domain this certificate. What has the name decides where it goes: the domain's own certificate is replaced, in all
    /// domains that have it; another one is taken if it is the same; else a new one is made. The same again changes nothing.
    ///
    /// # Errors
    /// When the caller may not, there is no such domain, another certificate has the name, somebody else changed it, or rules
    /// are broken as for a new certificate and for a domain that is to have it.
    pub async fn secure_domain(
        &self,
        id: DomainId,
        draft: CertificateDraft,
        clients: ClientCertificates,
    ) -> Result<Stored<Domain>, Error> {
        let old = self.documents().find::<Domain>(id).await?;
        let named = self.certificate_named(&draft.name).await?;
        let target = named.as_ref().map_or_else(CertificateId::random, |named| named.value.id);
        let permission = self.authorize(Action::AttachCertificate, &super::path(target)).await?;
        let facts = draft.check(self.control.now())?;
        let CertificateDraft { name, chain, key, client_authority } = draft;
        let wanted = Certificate { id: target, name, chain, key, client_authority, facts };
        let mut domain = old.value.clone();
        domain.tls.certificate = Some(target);
        domain.tls.clients = clients;
        self.check_with(&domain, &wanted)?;
        let detail =
            json!({ "name": wanted.name, "not_after": wanted.facts.not_after, "domains": [domain.host] });
        let mut change = Change::new().given("name", "/name", &wanted.name).detail(detail);
        change = match &named {
            None => change.create(&wanted),
            Some(named) if is_same(&named.value, &wanted) => change,
            Some(named) if old.value.tls.certificate == Some(target) => {
                self.check_for_others(&wanted, id).await?;
                change.replace(named, None, &wanted)
            }
            // The name is taken: making it says so.
            Some(_) => change.create(&Certificate { id: CertificateId::random(), ..wanted }),
        };
        if domain != old.value {
            change = change.replace(&old, None, &domain);
        }
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, domain))
    }

    async fn certificate_named(&self, name: &str) -> Result<Option<Stored<Certificate>>, Error> {
        let query = Query::of::<Certificate>().eq("name", name.to_owned());
        Ok(self.documents().all::<Certificate>(query).await?.into_iter().next())
    }

    /// Whether the other domains that have it are still well with what it is to be.
    async fn check_for_others(&self, wanted: &Certificate, but: DomainId) -> Result<(), Error> {
        for domain in self.domains_with(wanted.id).await?.iter().filter(|domain| domain.id != but) {
            self.check_with(domain, wanted)?;
        }
        Ok(())
    }
}

/// A chain has one key, however it is written down.
fn is_same(there: &Certificate, wanted: &Certificate) -> bool {
    let authority = |certificate: &Certificate| {
        certificate.client_authority.as_deref().map(|text| text.trim().to_owned())
    };
    there.chain.trim() == wanted.chain.trim() && authority(there) == authority(wanted)
}
