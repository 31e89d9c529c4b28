//! What a certificate says beyond its facts, for interfaces that show all of it.

use x509_parser::pem::Pem;
use x509_parser::prelude::X509Certificate;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// What a certificate says beyond its facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CertificateDetails {
    /// The version of its form: 3 for all that are in use.
    pub version: u32,
    /// How its issuer signed it, as in `SHA256-RSA`.
    pub signature_algorithm: String,
    /// Whom it is for.
    pub subject: DistinguishedName,
    /// Whether its key is RSA's, or one of elliptic curves.
    pub key: KeyFamily,
}

/// The parts of a name that have members of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DistinguishedName {
    /// CN.
    pub common_name: Option<String>,
    /// O.
    pub organization: Vec<String>,
    /// OU.
    pub organizational_unit: Vec<String>,
    /// L.
    pub locality: Vec<String>,
    /// ST.
    pub state: Vec<String>,
    /// C.
    pub country: Vec<String>,
}

/// The family of a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeyFamily {
    /// RSA.
    #[default]
    Rsa,
    /// ECDSA and Ed25519.
    EllipticCurve,
}

impl CertificateDetails {
    /// What the first certificate of a chain in PEM says; nothing when there is none.
    #[must_use]
    pub fn of(chain: &str) -> Self {
        let block = Pem::iter_from_buffer(chain.as_bytes()).find_map(Result::ok);
        let Some(block) = block else { return Self::default() };
        block.parse_x509().map(|certificate| Self::read(&certificate)).unwrap_or_default()
    }

    fn read(certificate: &X509Certificate<'_>) -> Self {
        let key = match certificate.public_key().parsed() {
            Ok(PublicKey::RSA(_)) => KeyFamily::Rsa,
            _ => KeyFamily::EllipticCurve,
        };
        Self {
            version: certificate.version().0 + 1,
            signature_algorithm: signature(&certificate.signature_algorithm.algorithm.to_id_string()),
            subject: DistinguishedName::read(certificate.subject()),
            key,
        }
    }
}

impl DistinguishedName {
    fn read(name: &X509Name<'_>) -> Self {
        Self {
            common_name: texts(name.iter_common_name()).into_iter().next(),
            organization: texts(name.iter_organization()),
            organizational_unit: texts(name.iter_organizational_unit()),
            locality: texts(name.iter_locality()),
            state: texts(name.iter_state_or_province()),
            country: texts(name.iter_country()),
        }
    }
}

fn texts<'a>(parts: impl Iterator<Item = &'a AttributeTypeAndValue<'a>>) -> Vec<String> {
    parts.filter_map(|part| part.as_str().ok().map(str::to_owned)).collect()
}

/// Names of algorithms by their object identifiers (RFC 8017, RFC 5758, RFC 8410).
fn signature(oid: &str) -> String {
    let name = match oid {
        "1.2.840.113549.1.1.5" => "SHA1-RSA",
        "1.2.840.113549.1.1.11" => "SHA256-RSA",
        "1.2.840.113549.1.1.12" => "SHA384-RSA",
        "1.2.840.113549.1.1.13" => "SHA512-RSA",
        "1.2.840.10045.4.3.2" => "ECDSA-SHA256",
        "1.2.840.10045.4.3.3" => "ECDSA-SHA384",
        "1.2.840.10045.4.3.4" => "ECDSA-SHA512",
        "1.3.101.112" => "Ed25519",
        other => other,
    };
    name.to_owned()
}
