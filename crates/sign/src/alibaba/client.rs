//! The AppKey signature of calls to APIs. Spec: aliyun/calling.md §4.
//!
//! The scheme signs decoded text and the first value of each header only: read a signed header by its first
//! value, and mind that `?a=1%26b=2` and `?a=1&b=2` have one signature.

use super::canonical;
use super::credential::Credential;
use super::headers::SignedHeaders;
use super::parameters::{Parameters, Style};
use crate::sink::collect;
use crate::{Algorithm, HeaderSource, Parts, SigningKey, TooManyParameters};

/// Which text the client had signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As documented: the first value of a repeated parameter.
    Documented,
    /// The values of a repeated parameter joined by commas, as the npm package `aliyun-api-gateway` signs.
    JoinedValues,
}

/// Why a call is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// The signature is not of this request by this key. [`string_to_sign`] gives the text for the answer.
    #[error("the signature does not match the request")]
    Signature,
    /// The request was not looked at.
    #[error(transparent)]
    TooManyParameters(#[from] TooManyParameters),
}

/// Checks the signature of a call with the secret of `credential.key`, in constant time. Timestamp, nonce and
/// `Content-MD5` are the caller's to check.
///
/// Both forms are tried, the second only when a parameter repeats.
pub fn verify<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    credential: &Credential<'_>,
    key: &SigningKey,
) -> Result<Form, Mismatch> {
    let parameters = Parameters::merge(parts.query, parts.form)?;
    let matches = |style| {
        let write = |out: &mut Vec<u8>| {
            canonical::write(parts, &credential.signed_headers, &parameters, style, out);
        };
        key.tag(credential.algorithm, write).matches_base64(credential.signature)
    };
    if matches(Style::Client) {
        Ok(Form::Documented)
    } else if parameters.has_repeats() && matches(Style::ClientJoined) {
        Ok(Form::JoinedValues)
    } else {
        Err(Mismatch::Signature)
    }
}

/// The value of `X-Ca-Signature` for a request that has all its other headers. Send `signed.to_list()` as
/// `X-Ca-Signature-Headers`, and `X-Ca-Signature-Method` when it is not HMAC-SHA256.
pub fn sign<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    signed: &SignedHeaders<'_>,
    algorithm: Algorithm,
    key: &SigningKey,
) -> Result<String, TooManyParameters> {
    let parameters = Parameters::merge(parts.query, parts.form)?;
    let tag = key.tag(algorithm, |out| canonical::write(parts, signed, &parameters, Style::Client, out));
    Ok(tag.base64())
}

/// The documented string to sign, which the server's answer to a mismatch shows
/// (through [`printable`](super::printable)).
pub fn string_to_sign<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    signed: &SignedHeaders<'_>,
) -> Result<Vec<u8>, TooManyParameters> {
    text(parts, signed, Style::Client)
}

/// The string to sign with the values of repeated parameters joined: see [`Form::JoinedValues`].
pub fn string_to_sign_joined<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    signed: &SignedHeaders<'_>,
) -> Result<Vec<u8>, TooManyParameters> {
    text(parts, signed, Style::ClientJoined)
}

fn text<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    signed: &SignedHeaders<'_>,
    style: Style,
) -> Result<Vec<u8>, TooManyParameters> {
    let parameters = Parameters::merge(parts.query, parts.form)?;
    Ok(collect(|out| canonical::write(parts, signed, &parameters, style, out)))
}
