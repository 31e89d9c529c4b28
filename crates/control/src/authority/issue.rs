//! Makes authorities, and certificates that they sign.

use std::time::Duration;

use paifang_model::{Authority, Leaf, Secret};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use time::OffsetDateTime;

use crate::error::Error;

/// How long an authority lives: ten years.
const AUTHORITY_LIVES: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// How long what it signs lives. Clients refuse certificates for longer than 398 days.
const LEAF_LIVES: Duration = Duration::from_secs(90 * 24 * 3600);

/// Clocks of clients may be behind.
const BACKDATED: Duration = Duration::from_secs(3600);

/// A certificate that was signed, with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The certificate, in PEM.
    pub chain: String,
    /// Its key, in PEM.
    pub key: Secret,
    /// When it ends: milliseconds since 1970.
    pub not_after: i64,
}

/// A certificate in PEM with its key, of a new authority.
pub(super) fn authority(now: i64) -> Result<(String, Secret), Error> {
    let key = KeyPair::generate().map_err(unavailable)?;
    let mut params = lasting(now, AUTHORITY_LIVES)?;
    // Authorities of two gateways are told apart where both are trusted.
    let number = &paifang_model::Id::random().to_string()[..8];
    params.distinguished_name.push(DnType::CommonName, format!("Paifang CA {number}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let certificate = params.self_signed(&key).map_err(unavailable)?;
    Ok((certificate.pem(), Secret::new(key.serialize_pem())))
}

/// A certificate for names and addresses.
pub(super) fn leaf(
    certificate: &str,
    authority_key: &Secret,
    names: &[String],
    now: i64,
) -> Result<Issued, Error> {
    let signing = KeyPair::from_pem(authority_key.expose()).map_err(unavailable)?;
    let issuer = Issuer::from_ca_cert_pem(certificate, signing).map_err(unavailable)?;
    let key = KeyPair::generate().map_err(unavailable)?;
    let mut params = lasting(now, LEAF_LIVES)?;
    params.subject_alt_names = CertificateParams::new(names).map_err(unavailable)?.subject_alt_names;
    params.distinguished_name.push(DnType::CommonName, "Paifang");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    let not_after = params.not_after.unix_timestamp().saturating_mul(1000);
    let certificate = params.signed_by(&key, &issuer).map_err(unavailable)?;
    Ok(Issued { chain: certificate.pem(), key: Secret::new(key.serialize_pem()), not_after })
}

/// What an authority signs for the gateway's subdomains.
pub(super) fn for_subdomains(
    certificate: &str,
    authority_key: &Secret,
    names: Vec<String>,
    now: i64,
) -> Result<Leaf, Error> {
    let Issued { chain, key, not_after } = leaf(certificate, authority_key, &names, now)?;
    Ok(Leaf { names, not_after, chain, key })
}

impl Issued {
    pub(super) fn by(authority: &Authority, names: &[String], now: i64) -> Result<Self, Error> {
        leaf(&authority.certificate, &authority.key, names, now)
    }
}

/// Whether what ends then is to be renewed: a third of its life is left.
pub(super) fn is_due(not_after: i64, now: i64) -> bool {
    let left = i64::try_from(LEAF_LIVES.as_millis() / 3).unwrap_or(i64::MAX);
    not_after.saturating_sub(now) < left
}

fn lasting(now: i64, lives: Duration) -> Result<CertificateParams, Error> {
    let now = OffsetDateTime::from_unix_timestamp(now / 1000).map_err(unavailable)?;
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    (params.not_before, params.not_after) = (now - BACKDATED, now + lives);
    Ok(params)
}

fn unavailable(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Unavailable(Box::new(error))
}
