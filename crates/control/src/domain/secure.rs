//! Checks how a domain is to be called over TLS.

use paifang_model::{Certificate, CertificateFacts, DomainTls, Rule, Violations};

use crate::control::Context;
use crate::error::Error;

/// The certificate of a domain, as far as its rules go.
#[derive(Debug, Clone, Copy)]
pub struct CertificateOfDomain<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it says of itself.
    pub facts: &'a CertificateFacts,
    /// Whose certificates clients show, in PEM.
    pub client_authority: Option<&'a str>,
}

/// Checks how a domain is to be called over TLS: the certificate covers the host and has not ended, and clients are asked for
/// one only where it says whose. `now` is in milliseconds since 1970.
///
/// # Errors
/// All complaints, with pointers into the domain.
pub fn check_domain_tls(
    host: &str,
    tls: &DomainTls,
    certificate: Option<CertificateOfDomain<'_>>,
    now: i64,
) -> Result<(), Violations> {
    let mut violations = Violations::new();
    let place = "/tls/certificate";
    if let Some(CertificateOfDomain { name, facts, .. }) = certificate {
        if !facts.cover(host) {
            let covered = facts.names.join("`, `");
            let message = format!("the certificate `{name}` does not cover `{host}`: it is for `{covered}`");
            violations.add(place, Rule::Conflict, message);
        }
        if facts.not_after <= now {
            violations.add(place, Rule::Range, format!("the certificate `{name}` has ended"));
        }
    }
    if tls.clients.asked() && certificate.and_then(|certificate| certificate.client_authority).is_none() {
        let message = "clients can be asked for certificates only where the domain's certificate has a client authority";
        violations.add("/tls/clients", Rule::Conflict, message);
    }
    violations.or(())
}

impl Context {
    /// Checks how a domain is to be called over TLS: there is such a certificate, and it is good for the host.
    pub(super) async fn check_tls(
        &self,
        host: &str,
        tls: &DomainTls,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        let certificate = match tls.certificate {
            None => None,
            Some(id) => match self.documents().look::<Certificate>(id).await? {
                Some(found) => Some(found.value),
                None => {
                    let message = format!("there is no certificate `{id}`");
                    violations.add("/tls/certificate", Rule::Unknown, message);
                    return Ok(());
                }
            },
        };
        let shown = certificate.as_ref().map(|Certificate { name, facts, client_authority, .. }| {
            CertificateOfDomain { name, facts, client_authority: client_authority.as_deref() }
        });
        let checked = check_domain_tls(host, tls, shown, self.control.now());
        violations.nest("", checked.err().unwrap_or_default());
        Ok(())
    }
}
