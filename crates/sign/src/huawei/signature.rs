//! `SDK-HMAC-SHA256` made and checked. Spec: huawei/calling.md §4.3.

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};
use smallvec::SmallVec;

use super::body::{BodyHash, Declared};
use super::canonical::{Canonical, plus_readings, query, sorted_by_encoding};
use super::date;
use crate::authorization::{Authorization, AuthorizationError, Grammar};
use crate::encode::Plus;
use crate::key::Tag;
use crate::pairs::TooManyParameters;
use crate::sink::{Sink as _, collect, feed};
use crate::{Algorithm, HeaderSource, Parts, SigningKey};

const SCHEME: &str = "SDK-HMAC-SHA256";
const GRAMMAR: Grammar = Grammar {
    scheme: SCHEME,
    access: "Access=",
    text: "SDK-HMAC-SHA256 Access=<key>, SignedHeaders=<a;b>, Signature=<hex>",
};

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// There is no `X-Sdk-Date`, whose value is signed.
    #[error("the header X-Sdk-Date is missing")]
    NoDate,
    /// A header named in `SignedHeaders` is absent.
    #[error("the signed header {name} is not in the request")]
    HeaderMissing {
        /// Its name as listed.
        name: String,
    },
    /// `X-Sdk-Content-Sha256` is not the SHA-256 of the body.
    #[error("X-Sdk-Content-Sha256 is not the SHA-256 of the body")]
    Body,
    /// The signature is not of this request by this key.
    #[error("the signature does not match the request")]
    Signature,
    /// The request was not looked at.
    #[error(transparent)]
    TooManyParameters(#[from] TooManyParameters),
}

/// Why a request cannot be signed.
pub type SignError = Mismatch;

/// Reads an `Authorization` header.
pub fn parse_authorization(value: Option<&[u8]>) -> Result<Authorization<'_>, AuthorizationError> {
    GRAMMAR.parse(value)
}

/// Checks a signature with the secret of `authorization.access`, in constant time. The date's window is
/// [`check_date`](super::check_date)'s to check. `parts.form` is ignored: this scheme covers forms as bodies.
pub fn verify<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    authorization: &Authorization<'_>,
    body: BodyHash<'_>,
    key: &SigningKey,
) -> Result<(), Mismatch> {
    let date = date::text(parts).ok_or(Mismatch::NoDate)?;
    check_present(parts, authorization.names())?;
    let mut hex = [0; 64];
    let body_lines = body.lines(Declared::of(parts.headers), &mut hex)?;
    let matches = |query: &_| {
        body_lines.iter().any(|body_line| {
            let canonical = Canonical { parts, names: authorization.names(), query, body_line };
            tag(&canonical, date, key).matches_hex(authorization.signature)
        })
    };
    for plus in plus_readings(parts.query) {
        let pairs = query(parts.query, *plus)?;
        if matches(&pairs) || sorted_by_encoding(&pairs).is_some_and(|pairs| matches(&pairs)) {
            return Ok(());
        }
    }
    Err(Mismatch::Signature)
}

/// The value of `Authorization` for a request that has all its other headers, among them `X-Sdk-Date`.
/// `names` are the headers to sign; always sign `x-sdk-date`, and `host` when it is known.
pub fn sign<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    access: &str,
    names: &[&str],
    body: BodyHash<'_>,
    key: &SigningKey,
) -> Result<String, SignError> {
    let date = date::text(parts).ok_or(Mismatch::NoDate)?;
    let mut names: SmallVec<[Cow<'_, str>; 8]> = names.iter().map(|name| lower(name)).collect();
    names.sort_unstable();
    names.dedup();
    let listed = names.iter().map(Cow::as_ref);
    check_present(parts, listed.clone())?;
    let mut hex = [0; 64];
    let body_line = body.lines(Declared::of(parts.headers), &mut hex)?[0];
    let query = query(parts.query, Plus::Literal)?;
    let signature = tag(&Canonical { parts, names: listed, query: &query, body_line }, date, key).hex();
    let listed = names.join(";");
    Ok([SCHEME, " Access=", access, ", SignedHeaders=", &listed, ", Signature=", &signature].concat())
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    }
}

/// The canonical request in its commonest reading, for a person to compare with the client's.
pub fn canonical_request<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    authorization: &Authorization<'_>,
    body: BodyHash<'_>,
) -> Result<Vec<u8>, Mismatch> {
    let mut hex = [0; 64];
    let body_line = body.lines(Declared::of(parts.headers), &mut hex)?[0];
    let query = query(parts.query, Plus::Literal)?;
    let canonical = Canonical { parts, names: authorization.names(), query: &query, body_line };
    Ok(collect(|out| canonical.write(out)))
}

/// The string to sign that belongs to a canonical request; `date` is the value of `X-Sdk-Date`.
#[must_use]
pub fn string_to_sign(date: &str, canonical_request: &[u8]) -> String {
    format!("{SCHEME}\n{date}\n{}", hex::encode(Sha256::digest(canonical_request)))
}

fn check_present<'n, H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    mut names: impl Iterator<Item = &'n str>,
) -> Result<(), Mismatch> {
    match names.find(|name| parts.headers.first(name).is_none()) {
        Some(name) => Err(Mismatch::HeaderMissing { name: name.to_owned() }),
        None => Ok(()),
    }
}

fn tag<'n, H: HeaderSource + ?Sized>(
    canonical: &Canonical<'_, '_, H, impl Iterator<Item = &'n str> + Clone>,
    date: &str,
    key: &SigningKey,
) -> Tag {
    let mut hash = Sha256::new();
    feed(&mut hash, |out| canonical.write(out));
    let mut digest = [0; 64];
    let encoded = hex::encode_to_slice(hash.finalize(), &mut digest);
    debug_assert!(encoded.is_ok(), "32 bytes are 64 digits");
    key.tag(Algorithm::HmacSha256, |out| {
        for piece in [SCHEME.as_bytes(), b"\n", date.as_bytes(), b"\n", &digest] {
            out.put(piece);
        }
    })
}
