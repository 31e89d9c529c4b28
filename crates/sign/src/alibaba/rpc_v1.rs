//! The older management signature, "RPC v1": parameters sorted, encoded twice and signed with
//! `AccessKeySecret` + `&`. Spec: aliyun/management-api.md §1.1.

use crate::encode::{Encoded, Plus};
use crate::pairs::{self, Pairs, TooManyParameters};
use crate::sink::{Sink as _, collect, put_method};
use crate::time::{EXTENDED, OutsideWindow, check_window, parse};
use crate::{Algorithm, SigningKey};

/// The key of this scheme, which differs from a plain [`SigningKey`] of the same secret.
#[derive(Debug, Clone)]
pub struct RpcKey(SigningKey);

impl RpcKey {
    /// From the `AccessKeySecret`.
    #[must_use]
    pub fn new(access_key_secret: &[u8]) -> Self {
        Self(SigningKey::new(&[access_key_secret, b"&"].concat()))
    }
}

/// A management request: its method and all its parameters, wherever they travel.
pub struct Request<'a> {
    method: &'a str,
    parameters: Pairs<'a>,
}

/// What a request says about its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential<'a> {
    /// `AccessKeyId`.
    pub access_key_id: &'a str,
    /// `Signature`, base64.
    pub signature: &'a str,
    /// `SignatureMethod`; HMAC-SHA1 when absent.
    pub algorithm: Algorithm,
    /// `SignatureNonce`, not empty.
    pub nonce: &'a str,
    /// `Timestamp` in milliseconds since 1970.
    pub timestamp_ms: i64,
    /// `SecurityToken` of temporary credentials, not empty.
    pub security_token: Option<&'a str>,
}

/// Why the signature parameters of a request cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    /// A parameter that must be there is missing, empty or not UTF-8.
    #[error("the parameter {name} is missing, empty or not UTF-8")]
    Missing {
        /// Its name.
        name: &'static str,
    },
    /// `SignatureMethod` is neither of the two known.
    #[error("SignatureMethod `{value}` is neither HMAC-SHA1 nor HMAC-SHA256")]
    UnknownMethod {
        /// The value sent.
        value: String,
    },
    /// `SignatureVersion` is not 1.0.
    #[error("SignatureVersion `{value}` is not 1.0")]
    UnknownVersion {
        /// The value sent.
        value: String,
    },
    /// `Timestamp` is no time in UTC.
    #[error("Timestamp `{value}` is not of the form YYYY-MM-DDThh:mm:ssZ")]
    InvalidTimestamp {
        /// The value sent.
        value: String,
    },
}

/// The signature is not of this request by this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not match the request")]
pub struct Mismatch;

impl<'a> Request<'a> {
    /// `query` and `form` as sent, without `?`; either may be empty.
    pub fn new(method: &'a str, query: &'a [u8], form: &'a [u8]) -> Result<Self, TooManyParameters> {
        Ok(Self { method, parameters: pairs::sorted(query, form, Plus::Space)? })
    }

    /// A parameter, decoded; absent when it is not there or empty or not UTF-8.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let at = self.parameters.partition_point(|pair| *pair.name < *name.as_bytes());
        let pair = self.parameters.get(at).filter(|pair| *pair.name == *name.as_bytes())?;
        str::from_utf8(&pair.value).ok().filter(|value| !value.is_empty())
    }

    /// Reads the signature parameters.
    pub fn credential(&self) -> Result<Credential<'_>, CredentialError> {
        let required = |name| self.parameter(name).ok_or(CredentialError::Missing { name });
        let version = self.parameter("SignatureVersion").unwrap_or("1.0");
        if version != "1.0" {
            return Err(CredentialError::UnknownVersion { value: version.to_owned() });
        }
        Ok(Credential {
            access_key_id: required("AccessKeyId")?,
            signature: required("Signature")?,
            algorithm: algorithm(self.parameter("SignatureMethod"))?,
            nonce: required("SignatureNonce")?,
            timestamp_ms: timestamp_ms(required("Timestamp")?)?,
            security_token: self.parameter("SecurityToken"),
        })
    }

    /// Checks the signature in constant time. Time and nonce are the caller's to check.
    pub fn verify(&self, credential: &Credential<'_>, key: &RpcKey) -> Result<(), Mismatch> {
        let tag = key.0.tag(credential.algorithm, |out| self.write(out));
        if tag.matches_base64(credential.signature) { Ok(()) } else { Err(Mismatch) }
    }

    /// The value of `Signature` for a request that has all its other parameters.
    #[must_use]
    pub fn sign(&self, algorithm: Algorithm, key: &RpcKey) -> String {
        key.0.tag(algorithm, |out| self.write(out)).base64()
    }

    /// The text that is signed.
    #[must_use]
    pub fn string_to_sign(&self) -> Vec<u8> {
        collect(|out| self.write(out))
    }

    fn write(&self, out: &mut Vec<u8>) {
        put_method(self.method, out);
        out.put(b"&%2F&");
        let signed = self.parameters.iter().filter(|pair| *pair.name != *b"Signature");
        pairs::write(signed, &mut Encoded(out));
    }
}

impl Credential<'_> {
    /// Checks `Timestamp` against the server's clock (milliseconds since 1970).
    pub fn check_timestamp(&self, now_unix_ms: i64) -> Result<(), OutsideWindow> {
        check_window(self.timestamp_ms, now_unix_ms)
    }
}

fn algorithm(method: Option<&str>) -> Result<Algorithm, CredentialError> {
    match method {
        None | Some("HMAC-SHA1") => Ok(Algorithm::HmacSha1),
        Some("HMAC-SHA256") => Ok(Algorithm::HmacSha256),
        Some(value) => Err(CredentialError::UnknownMethod { value: value.to_owned() }),
    }
}

fn timestamp_ms(value: &str) -> Result<i64, CredentialError> {
    let invalid = || CredentialError::InvalidTimestamp { value: value.to_owned() };
    parse(EXTENDED, value).map(|unix_s| unix_s * 1000).ok_or_else(invalid)
}
