//! Certificates that were uploaded, for domains of their own.

use serde::{Deserialize, Serialize};

use crate::id::{CertificateId, Id};
use crate::kind::Kind;
use crate::name::{Characters, NameRule};
use crate::record::{Fields, Record};
use crate::secret::Secret;

/// What a certificate may be called (spec: huawei/api-model.md, certificates).
pub const CERTIFICATE_NAME: NameRule =
    NameRule { min: 2, max: 64, first: Characters::LETTERS, rest: Characters::ALPHANUMERIC.or("_-.") };

/// The most bytes of a chain, a key or a client authority, each in PEM.
pub const PEM_BYTES_AT_MOST: usize = 64 * 1024;

/// A certificate with its key. Its key is never shown again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Its id.
    pub id: CertificateId,
    /// Its name, unique.
    pub name: String,
    /// The chain in PEM, its own certificate first.
    pub chain: String,
    /// Its key, in PEM.
    #[serde(with = "crate::secret::at_rest")]
    pub key: Secret,
    /// Whose certificates clients show where a domain asks for one, in PEM; absent: no domain with it may ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_authority: Option<String>,
    /// What the certificate says of itself.
    pub facts: CertificateFacts,
}

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CertificateFacts {
    /// Whom it is for: the subject's distinguished name.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Its serial number, in hexadecimal digits.
    pub serial: String,
    /// The names and addresses that it covers.
    pub names: Vec<String>,
    /// From when it is valid: milliseconds since 1970.
    pub not_before: i64,
    /// Until when: milliseconds since 1970.
    pub not_after: i64,
    /// The key's algorithm, as in `RSA 2048` or `ECDSA P-256`.
    pub algorithm: String,
    /// SHA-256 over the certificate, in hexadecimal digits.
    pub fingerprint: String,
}

impl CertificateFacts {
    /// Whether it covers a host name, which may be a wildcard itself (RFC 6125 §6.4.3: `*` stands for one whole label, the
    /// leftmost).
    #[must_use]
    pub fn cover(&self, host: &str) -> bool {
        self.names.iter().any(|name| covers(name, host))
    }
}

fn covers(name: &str, host: &str) -> bool {
    if name.eq_ignore_ascii_case(host) {
        return true;
    }
    let Some(parent) = name.strip_prefix("*.") else { return false };
    let rest = host.split_once('.').map(|(_, rest)| rest);
    rest.is_some_and(|rest| rest.eq_ignore_ascii_case(parent)) && !host.starts_with("*.")
}

impl Record for Certificate {
    const KIND: Kind = Kind::Certificate;
    const SECRETS: &'static [&'static str] = &["/key"];

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name).lookup("not_after", self.facts.not_after);
    }
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_wildcard_stands_for_one_whole_label() {
        let cases = [
            ("api.example.com", "api.example.com", true),
            ("API.example.com", "api.example.com", true),
            ("*.example.com", "api.example.com", true),
            ("*.example.com", "*.example.com", true),
            ("*.example.com", "a.b.example.com", false),
            ("*.example.com", "example.com", false),
            ("*.example.com", "*.b.example.com", false),
            ("api.example.com", "*.example.com", false),
            ("a*.example.com", "api.example.com", false),
        ];
        for (name, host, covered) in cases {
            assert_eq!(covers(name, host), covered, "{name} for {host}");
        }
    }
}
