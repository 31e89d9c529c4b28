//! Checks how a domain is to be called over TLS.

use paifang_model::{Certificate, DomainTls, Rule, Violations};

use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Checks how a domain is to be called over TLS: there is such a certificate, it covers the host, and has not ended.
    pub(super) async fn check_tls(
        &self,
        host: &str,
        tls: &DomainTls,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        let certificate = match tls.certificate {
            None => None,
            Some(id) => {
                let found = self.documents().look::<Certificate>(id).await?;
                if found.is_none() {
                    let message = format!("there is no certificate `{id}`");
                    violations.add("/tls/certificate", Rule::Unknown, message);
                    return Ok(());
                }
                found.map(|found| found.value)
            }
        };
        if let Some(Certificate { name, facts, .. }) = &certificate {
            if !facts.cover(host) {
                let covered = facts.names.join("`, `");
                let message =
                    format!("the certificate `{name}` does not cover `{host}`: it is for `{covered}`");
                violations.add("/tls/certificate", Rule::Conflict, message);
            }
            if facts.not_after <= self.control.now() {
                violations.add(
                    "/tls/certificate",
                    Rule::Conflict,
                    format!("the certificate `{name}` has ended"),
                );
            }
        }
        if tls.clients.asked() && certificate.is_none_or(|certificate| certificate.client_authority.is_none())
        {
            let message = "clients can be asked for certificates only where the domain's certificate has a client \
                           authority";
            violations.add("/tls/clients", Rule::Conflict, message);
        }
        Ok(())
    }
}
