//! Gives a certificate to domains, and takes it from them: all of them or none.

use std::collections::BTreeSet;

use paifang_model::domain::ClientCertificates;
use paifang_model::id::{CertificateId, DomainId};
use paifang_model::{Certificate, Domain, Key, Rule, Violations};
use paifang_store::Stored;
use serde_json::json;

use super::CertificateInfo;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::domain::{CertificateOfDomain, check_domain_tls};
use crate::error::Error;

/// A domain that is to have a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attachment {
    /// The domain.
    pub domain: DomainId,
    /// Whether its clients must show a certificate.
    pub clients: ClientCertificates,
}

/// What becomes of a certificate that no domain has any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unused {
    /// It stays, for others to come.
    Kept,
    /// It goes in the same transaction.
    Deleted,
}

impl Context {
    /// Gives a certificate to domains. One that has it already is called as is said now.
    ///
    /// # Errors
    /// When the caller may not, there is no such certificate or domain, somebody else changed one, or rules are broken
    /// (`/domains/0` is about the first): a domain has another certificate, this one does not cover it, or clients are to be
    /// asked and it has no client authority.
    pub async fn attach_certificate(
        &self,
        id: CertificateId,
        attachments: &[Attachment],
    ) -> Result<Stored<CertificateInfo>, Error> {
        let permission = self.authorize(Action::AttachCertificate, &super::path(id)).await?;
        let found = self.documents().find::<Certificate>(id).await?;
        let (mut change, mut violations) = (Change::new(), Violations::new());
        let (mut hosts, mut seen) = (Vec::new(), BTreeSet::new());
        for (index, Attachment { domain, clients }) in attachments.iter().enumerate() {
            if !seen.insert(domain.0) {
                continue;
            }
            let old = self.documents().find::<Domain>(*domain).await?;
            let mut new = old.value.clone();
            if let Some(other) = new.tls.certificate.replace(id).filter(|other| *other != id) {
                let message = format!("the domain `{}` has another certificate: {other}", new.host);
                violations.add(format!("/domains/{index}"), Rule::Duplicate, message);
            }
            new.tls.clients = *clients;
            let good = self.check_with(&new, &found.value);
            violations.nest(&format!("/domains/{index}"), good.err().unwrap_or_default());
            if new != old.value {
                change = change.replace(&old, None, &new);
                hosts.push(new.host);
            }
        }
        violations.or(())?;
        let detail = json!({ "name": found.value.name, "domains": hosts });
        permission.commit(&self.control, change.detail(detail)).await?;
        let domains = self.domains_with(id).await?;
        Ok(CertificateInfo::of(found, &domains))
    }

    /// Takes a certificate from domains; clients are not asked for theirs there any more.
    ///
    /// # Errors
    /// When the caller may not, there is no such certificate, somebody else changed a domain, or one does not have it
    /// (`/domains/0` is about the first).
    pub async fn detach_certificate(
        &self,
        id: CertificateId,
        domains: &[DomainId],
        unused: Unused,
    ) -> Result<(), Error> {
        let permission = self.authorize(Action::DetachCertificate, &super::path(id)).await?;
        let certificate = self.documents().find::<Certificate>(id).await?;
        let (mut change, mut violations) = (Change::new(), Violations::new());
        let mut having = self.domains_with(id).await?;
        let mut hosts = Vec::new();
        for (index, domain) in domains.iter().enumerate() {
            let old = self.documents().look::<Domain>(*domain).await?;
            let Some(old) = old.filter(|domain| domain.value.tls.certificate == Some(id)) else {
                violations.add(
                    format!("/domains/{index}"),
                    Rule::Unknown,
                    "it does not have this certificate",
                );
                continue;
            };
            // One that is named twice is let go once.
            if having.iter().any(|having| having.id == *domain) {
                having.retain(|having| having.id != *domain);
                change = change.replace(&old, None, &without_certificate(&old.value));
                hosts.push(old.value.host);
            }
        }
        violations.or(())?;
        if unused == Unused::Deleted && having.is_empty() {
            change = change.delete(Key::of::<Certificate>(id), Some(certificate.revision));
        }
        let detail = json!({ "name": certificate.value.name, "domains": hosts });
        permission.commit(&self.control, change.detail(detail)).await.map(drop)
    }

    /// Whether a certificate is good for a domain as it is to be.
    pub(super) fn check_with(&self, domain: &Domain, certificate: &Certificate) -> Result<(), Violations> {
        let Certificate { name, facts, client_authority, .. } = certificate;
        let shown = CertificateOfDomain { name, facts, client_authority: client_authority.as_deref() };
        check_domain_tls(&domain.host, &domain.tls, Some(shown), self.control.now())
    }
}

fn without_certificate(domain: &Domain) -> Domain {
    let mut without = domain.clone();
    without.tls.certificate = None;
    without.tls.clients = ClientCertificates::NotAsked;
    without
}
