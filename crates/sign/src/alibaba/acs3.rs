//! The newer management signature, `ACS3-HMAC-SHA256`. Spec: aliyun/management-api.md §1.2.

use sha2::{Digest as _, Sha256};
use smallvec::SmallVec;

use crate::authorization::{Authorization, AuthorizationError, Grammar};
use crate::encode::Plus;
use crate::pairs::{self, Pairs, TooManyParameters};
use crate::sink::{Sink as _, collect, feed, put_lower, put_method};
use crate::time::{EXTENDED, OutsideWindow, check_window, parse};
use crate::{Algorithm, HeaderSource, Parts, SigningKey};

const SCHEME: &str = "ACS3-HMAC-SHA256";
const GRAMMAR: Grammar = Grammar {
    scheme: SCHEME,
    access: "Credential=",
    text: "ACS3-HMAC-SHA256 Credential=<id>,SignedHeaders=<a;b>,Signature=<hex>",
};

const DATE: &str = "x-acs-date";
const BODY_SHA256: &str = "x-acs-content-sha256";

/// Headers that say what is asked and by whom: when sent, they must be signed.
const MUST_BE_SIGNED: [&str; 8] = [
    "host",
    DATE,
    BODY_SHA256,
    "x-acs-action",
    "x-acs-version",
    "x-acs-signature-nonce",
    "x-acs-security-token",
    "x-acs-accesskey-id",
];

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// A header that must be sent is not, or is not UTF-8.
    #[error("the header {name} is missing")]
    Missing {
        /// Its name, lower case.
        name: &'static str,
    },
    /// A header that must be signed when it is sent is not.
    #[error("the header {name} is not in SignedHeaders")]
    Unsigned {
        /// Its name, lower case.
        name: &'static str,
    },
    /// `x-acs-content-sha256` is not the SHA-256 of the body.
    #[error("x-acs-content-sha256 is not the SHA-256 of the body")]
    Body,
    /// `x-acs-date` is no time in UTC.
    #[error("x-acs-date `{value}` is not of the form YYYY-MM-DDThh:mm:ssZ")]
    InvalidDate {
        /// The value sent.
        value: String,
    },
    /// `x-acs-date` is too far from now.
    #[error("x-acs-date is expired")]
    Expired(#[from] OutsideWindow),
    /// The signature is not of this request by this key.
    #[error("the signature does not match the request")]
    Signature,
    /// The request was not looked at.
    #[error(transparent)]
    TooManyParameters(#[from] TooManyParameters),
}

/// Reads an `Authorization` header.
pub fn parse_authorization(value: Option<&[u8]>) -> Result<Authorization<'_>, AuthorizationError> {
    GRAMMAR.parse(value)
}

/// Checks `x-acs-date` against the server's clock (milliseconds since 1970).
pub fn check_date<H: HeaderSource + ?Sized>(parts: &Parts<'_, H>, now_unix_ms: i64) -> Result<(), Mismatch> {
    let value = parts.text(DATE).ok_or(Mismatch::Missing { name: DATE })?;
    let invalid = || Mismatch::InvalidDate { value: value.to_owned() };
    let signed_unix_s = parse(EXTENDED, value).ok_or_else(invalid)?;
    Ok(check_window(signed_unix_s * 1000, now_unix_ms)?)
}

/// Checks the body's hash, that what matters is signed, and the signature in constant time. Date and nonce
/// are the caller's to check.
pub fn verify<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    authorization: &Authorization<'_>,
    body_sha256: &[u8; 32],
    key: &SigningKey,
) -> Result<(), Mismatch> {
    check_signed(parts, authorization)?;
    let declared = body_line(parts)?;
    if !declared.eq_ignore_ascii_case(&hex::encode(body_sha256)) {
        return Err(Mismatch::Body);
    }
    let query = pairs::sorted(parts.query, &[], Plus::Space)?;
    let tag = tag(parts, authorization.names(), &query, declared, key);
    if tag.matches_hex(authorization.signature) { Ok(()) } else { Err(Mismatch::Signature) }
}

/// The value of `Authorization` for a request that has all its other headers, among them `x-acs-date` and
/// `x-acs-content-sha256`. `names` are the headers to sign.
pub fn sign<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    access_key_id: &str,
    names: &[&str],
    key: &SigningKey,
) -> Result<String, Mismatch> {
    let mut names: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    names.dedup();
    let query = pairs::sorted(parts.query, &[], Plus::Space)?;
    let body = body_line(parts)?;
    let signature = tag(parts, names.iter().map(String::as_str), &query, body, key).hex();
    let names = names.join(";");
    Ok(format!("{SCHEME} Credential={access_key_id},SignedHeaders={names},Signature={signature}"))
}

/// The canonical request, for a person to compare with the client's.
pub fn canonical_request<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    authorization: &Authorization<'_>,
) -> Result<Vec<u8>, Mismatch> {
    let query = pairs::sorted(parts.query, &[], Plus::Space)?;
    let body = body_line(parts)?;
    Ok(collect(|out| write(parts, authorization.names(), &query, body, out)))
}

/// The string to sign that belongs to a canonical request.
#[must_use]
pub fn string_to_sign(canonical_request: &[u8]) -> String {
    format!("{SCHEME}\n{}", hex::encode(Sha256::digest(canonical_request)))
}

fn check_signed<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    authorization: &Authorization<'_>,
) -> Result<(), Mismatch> {
    let unsigned = |name: &&str| parts.headers.first(name).is_some() && !authorization.covers(name);
    match MUST_BE_SIGNED.into_iter().find(unsigned) {
        Some(name) => Err(Mismatch::Unsigned { name }),
        None => Ok(()),
    }
}

fn body_line<'a, H: HeaderSource + ?Sized>(parts: &Parts<'a, H>) -> Result<&'a str, Mismatch> {
    parts.text(BODY_SHA256).ok_or(Mismatch::Missing { name: BODY_SHA256 })
}

fn tag<'n, H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    names: impl Iterator<Item = &'n str> + Clone,
    query: &Pairs<'_>,
    body: &str,
    key: &SigningKey,
) -> crate::key::Tag {
    let mut hash = Sha256::new();
    feed(&mut hash, |out| write(parts, names, query, body, out));
    key.tag(Algorithm::HmacSha256, |out| {
        out.put(SCHEME.as_bytes());
        out.put(b"\n");
        out.put(hex::encode(hash.finalize()).as_bytes());
    })
}

fn write<'n, H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    names: impl Iterator<Item = &'n str> + Clone,
    query: &Pairs<'_>,
    body: &str,
    out: &mut Vec<u8>,
) {
    put_method(parts.method, out);
    out.put(b"\n");
    out.put(if parts.path.is_empty() { b"/" } else { parts.path });
    out.put(b"\n");
    pairs::write(query, out);
    out.put(b"\n");
    for name in names.clone() {
        put_lower(name, out);
        out.put(b":");
        put_values(parts.headers, name, out);
        out.put(b"\n");
    }
    for (at, name) in names.enumerate() {
        out.put(if at == 0 { b"\n" } else { b";" });
        put_lower(name, out);
    }
    out.put(b"\n");
    out.put(body.as_bytes());
}

/// The values of one header, trimmed, sorted and joined by commas.
fn put_values<H: HeaderSource + ?Sized>(headers: &H, name: &str, out: &mut Vec<u8>) {
    let mut values: SmallVec<[&[u8]; 4]> = headers.all(name).map(<[u8]>::trim_ascii).collect();
    values.sort_unstable();
    for (at, value) in values.into_iter().enumerate() {
        if at > 0 {
            out.put(b",");
        }
        out.put(value);
    }
}
