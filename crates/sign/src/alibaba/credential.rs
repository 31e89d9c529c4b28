//! The `X-Ca-*` headers of a signed call. Spec: aliyun/calling.md §4.1.

use super::headers::SignedHeaders;
use crate::time::{OutsideWindow, check_window};
use crate::{Algorithm, HeaderSource, MAX_SIGNED_HEADERS};

/// What a signed call says about its signature. Nothing of it is proved before [`super::client::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential<'a> {
    /// `X-Ca-Key`, the AppKey.
    pub key: &'a str,
    /// `X-Ca-Signature`, base64.
    pub signature: &'a str,
    /// `X-Ca-Signature-Method`. Whether HMAC-SHA1 is allowed is the API's setting.
    pub algorithm: Algorithm,
    /// `X-Ca-Signature-Headers`.
    pub signed_headers: SignedHeaders<'a>,
    /// `X-Ca-Timestamp` as sent; see [`Credential::timestamp_ms`].
    pub timestamp: Option<&'a str>,
    /// `X-Ca-Nonce`, not empty.
    pub nonce: Option<&'a str>,
}

/// Why the `X-Ca-*` headers cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    /// No `X-Ca-Key`, or an empty one.
    #[error("X-Ca-Key is missing or empty")]
    MissingKey,
    /// No `X-Ca-Signature`, or an empty one.
    #[error("X-Ca-Signature is missing or empty")]
    MissingSignature,
    /// `X-Ca-Signature-Method` is neither of the two known.
    #[error("X-Ca-Signature-Method `{value}` is neither HmacSHA256 nor HmacSHA1")]
    UnknownAlgorithm {
        /// The value sent.
        value: String,
    },
    /// `X-Ca-Signature-Headers` names more than [`MAX_SIGNED_HEADERS`].
    #[error("X-Ca-Signature-Headers names {count} headers, at most {MAX_SIGNED_HEADERS} are accepted")]
    TooManySignedHeaders {
        /// How many were named.
        count: usize,
    },
    /// A header that takes part is not UTF-8.
    #[error("the header {name} is not UTF-8 text")]
    NotText {
        /// The header's name.
        name: &'static str,
    },
}

/// Why `X-Ca-Timestamp` is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimestampError {
    /// It is not a number of milliseconds.
    #[error("X-Ca-Timestamp `{value}` is not a number of milliseconds since 1970")]
    Invalid {
        /// The value sent.
        value: String,
    },
    /// It is too far from now.
    #[error("X-Ca-Timestamp is expired")]
    Expired(#[from] OutsideWindow),
}

impl<'a> Credential<'a> {
    /// Reads the headers. Call it when `X-Ca-Key` or `X-Ca-Signature` is present and no AppCode is.
    pub fn parse<H: HeaderSource + ?Sized>(headers: &'a H) -> Result<Self, CredentialError> {
        Self::read(|name| headers.first(name))
    }

    /// The same for headers that are found in some other way, by the first value of each.
    pub fn read(first: impl Fn(&'static str) -> Option<&'a [u8]>) -> Result<Self, CredentialError> {
        let text = |name| text(first(name), name);
        Ok(Self {
            key: text("X-Ca-Key")?.ok_or(CredentialError::MissingKey)?,
            signature: text("X-Ca-Signature")?.ok_or(CredentialError::MissingSignature)?,
            algorithm: algorithm(text("X-Ca-Signature-Method")?)?,
            signed_headers: signed_headers(first(SIGNED_HEADERS))?,
            timestamp: text("X-Ca-Timestamp")?,
            nonce: text("X-Ca-Nonce")?,
        })
    }

    /// When the request says it was signed, in milliseconds since 1970; absent when it does not say.
    pub fn timestamp_ms(&self) -> Result<Option<i64>, TimestampError> {
        let invalid = |value: &str| TimestampError::Invalid { value: value.to_owned() };
        self.timestamp.map(|value| value.parse().map_err(|_| invalid(value))).transpose()
    }

    /// Checks the timestamp, when there is one, against the gateway's clock (milliseconds since 1970): at
    /// most 15 minutes on either side, inclusive.
    pub fn check_timestamp(&self, now_unix_ms: i64) -> Result<(), TimestampError> {
        match self.timestamp_ms()? {
            Some(signed_unix_ms) => Ok(check_window(signed_unix_ms, now_unix_ms)?),
            None => Ok(()),
        }
    }
}

const SIGNED_HEADERS: &str = "X-Ca-Signature-Headers";

/// The value of a header; absent when empty.
fn text<'a>(value: Option<&'a [u8]>, name: &'static str) -> Result<Option<&'a str>, CredentialError> {
    let value = value.map(str::from_utf8).transpose();
    let value = value.map_err(|_| CredentialError::NotText { name })?;
    Ok(value.map(str::trim).filter(|value| !value.is_empty()))
}

fn algorithm(name: Option<&str>) -> Result<Algorithm, CredentialError> {
    match name {
        None => Ok(Algorithm::HmacSha256),
        Some(name) if name.eq_ignore_ascii_case("HmacSHA256") => Ok(Algorithm::HmacSha256),
        Some(name) if name.eq_ignore_ascii_case("HmacSHA1") => Ok(Algorithm::HmacSha1),
        Some(name) => Err(CredentialError::UnknownAlgorithm { value: name.to_owned() }),
    }
}

/// An empty list is a list: it signs nothing, while an absent one signs `X-Ca-Key`.
fn signed_headers(value: Option<&[u8]>) -> Result<SignedHeaders<'_>, CredentialError> {
    let list = value.map(str::from_utf8).transpose();
    let list = list.map_err(|_| CredentialError::NotText { name: SIGNED_HEADERS })?;
    let count = list.map_or(0, |list| list.split(',').count());
    if count > MAX_SIGNED_HEADERS {
        return Err(CredentialError::TooManySignedHeaders { count });
    }
    Ok(SignedHeaders::parse(list))
}
