//! The signature a gateway adds to its call of a backend, so that the backend knows who calls.
//! Spec: aliyun/backend-signature.md.

use smallvec::SmallVec;

use super::parameters::{Parameters, Style};
use super::printable::printable_with;
use super::{content_md5, is_form};
use crate::sink::{Sink as _, collect, put_lower, put_method};
use crate::{Algorithm, HeaderSource, MAX_SIGNED_HEADERS, Parts, SigningKey, TooManyParameters};

/// The header of the signature.
pub const SIGNATURE: &str = "X-Ca-Proxy-Signature";
/// The header of the key id.
pub const SECRET_KEY: &str = "X-Ca-Proxy-Signature-Secret-Key";
/// The header of the list of signed headers.
pub const SIGNED_HEADERS: &str = "X-Ca-Proxy-Signature-Headers";
/// The header of the string to sign, sent in debug mode only.
pub const STRING_TO_SIGN: &str = "X-Ca-Proxy-Signature-String-To-Sign";

/// A call of a backend, about to be signed or just received.
pub struct Call<'a, H: ?Sized> {
    /// The request that the backend gets; a form body belongs into it.
    pub parts: Parts<'a, H>,
    /// From [`body_md5`]; absent when the body does not count.
    pub body_md5: Option<&'a str>,
    /// The value of [`SIGNED_HEADERS`]: names separated by commas.
    pub signed_headers: &'a str,
}

/// Why a call cannot be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// The signature is not of this call by this key.
    #[error("the backend signature does not match the call")]
    Signature,
    /// More names in [`SIGNED_HEADERS`] than are accepted.
    #[error("{SIGNED_HEADERS} names more than {MAX_SIGNED_HEADERS} headers")]
    TooManySignedHeaders,
    /// The call was not looked at.
    #[error(transparent)]
    TooManyParameters(#[from] TooManyParameters),
}

/// The MD5 line: of a body that is not empty and not a form, for `PUT` and `POST` only.
#[must_use]
pub fn body_md5(method: &str, content_type: &[u8], body: &[u8]) -> Option<String> {
    let counts = matches!(method, "PUT" | "POST") && !body.is_empty() && !is_form(content_type);
    counts.then(|| content_md5(body))
}

impl<H: HeaderSource + ?Sized> Call<'_, H> {
    /// The value of [`SIGNATURE`].
    pub fn sign(&self, key: &SigningKey) -> Result<String, TooManyParameters> {
        let parameters = Parameters::merge(self.parts.query, self.parts.form)?;
        Ok(key.tag(Algorithm::HmacSha256, |out| self.write(&parameters, out)).base64())
    }

    /// Checks a presented signature in constant time.
    pub fn verify(&self, signature: &str, key: &SigningKey) -> Result<(), Mismatch> {
        if self.signed_headers.split(',').count() > MAX_SIGNED_HEADERS {
            return Err(Mismatch::TooManySignedHeaders);
        }
        let parameters = Parameters::merge(self.parts.query, self.parts.form)?;
        let tag = key.tag(Algorithm::HmacSha256, |out| self.write(&parameters, out));
        if tag.matches_base64(signature) { Ok(()) } else { Err(Mismatch::Signature) }
    }

    /// The text that is signed.
    pub fn string_to_sign(&self) -> Result<Vec<u8>, TooManyParameters> {
        let parameters = Parameters::merge(self.parts.query, self.parts.form)?;
        Ok(collect(|out| self.write(&parameters, out)))
    }

    fn write(&self, parameters: &Parameters<'_>, out: &mut Vec<u8>) {
        put_method(self.parts.method, out);
        out.put(b"\n");
        out.put(self.body_md5.unwrap_or_default().as_bytes());
        out.put(b"\n");
        for (name, value) in self.headers() {
            put_lower(name, out);
            out.put(b":");
            out.put(value);
            out.put(b"\n");
        }
        out.put(self.parts.path);
        parameters.write(Style::Backend, out);
    }

    /// Sorted as spelled in the list; a listed header that the call lacks has no line.
    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let names = self.signed_headers.split(',').map(str::trim).filter(|name| !name.is_empty());
        let mut names: SmallVec<[&str; 12]> = names.collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().filter_map(|name| Some((name, self.parts.headers.first(name)?)))
    }
}

/// The value of [`STRING_TO_SIGN`]: newlines and other control characters are written as `|`; cut at
/// [`PRINTABLE_LIMIT`](super::PRINTABLE_LIMIT).
#[must_use]
pub fn debug_text(string_to_sign: &[u8]) -> String {
    printable_with('|', string_to_sign)
}
