//! What a request asks for: the raw bytes as sent, and one safe decoded view of the path.

mod decode;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{Method, Uri};

use crate::http1::{HeadError, agrees, is_host};

pub use decode::{TargetError, TargetRule, decode_path};

/// The longest target in bytes: the `http` crate counts in 16 bits.
const LONGEST: usize = 65_534;

/// Path and query exactly as they were sent (at most 65,534 bytes), and the authority when the request line or `:authority` had one.
///
/// Holds slices of the read buffer; cloning counts a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    path_and_query: PathAndQuery,
    authority: Option<Authority>,
}

impl Target {
    /// Reads a request target in origin form (`/a?b`), absolute form (`http://host/a?b`) or asterisk form (`*`).
    ///
    /// # Errors
    /// [`TargetRule::Malformed`] when it is neither. The path may still be one that [`Target::decoded_path`] refuses.
    pub fn parse(raw: &[u8]) -> Result<Self, TargetError> {
        if raw.first() == Some(&b'/') && raw.len() <= LONGEST {
            let path_and_query = PathAndQuery::try_from(raw);
            let path_and_query =
                path_and_query.map_err(|_| TargetError::new(TargetRule::Malformed, &lossy(raw)))?;
            return Ok(Self { path_and_query, authority: None });
        }
        let uri = Uri::try_from(raw).map_err(|_| TargetError::new(TargetRule::Malformed, &lossy(raw)))?;
        if uri.path_and_query().is_none() {
            return Err(TargetError::new(TargetRule::Malformed, &lossy(raw)));
        }
        Ok(Self::from_uri(uri))
    }

    /// `*`: the server as a whole (RFC 9112 §3.2.4).
    pub fn asterisk() -> Self {
        Self { path_and_query: PathAndQuery::from_static("*"), authority: None }
    }

    /// The path as sent, still percent-encoded; never empty.
    pub fn raw_path(&self) -> &str {
        self.path_and_query.path()
    }

    /// What follows the first `?`, still encoded.
    pub fn query(&self) -> Option<&str> {
        self.path_and_query.query()
    }

    /// Path and query as sent.
    pub fn as_str(&self) -> &str {
        self.path_and_query.as_str()
    }

    /// The host of an absolute-form target or of `:authority`, without its port.
    pub fn host(&self) -> Option<&str> {
        self.authority.as_ref().map(Authority::host)
    }

    /// Host and port of an absolute-form target or of `:authority`.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_ref().map(Authority::as_str)
    }

    /// The path percent-decoded once. Borrows when there is nothing to decode.
    ///
    /// # Errors
    /// See [`decode_path`].
    pub fn decoded_path(&self) -> Result<Cow<'_, str>, TargetError> {
        decode_path(self.raw_path())
    }

    /// Reads the target of a request line, in the form that the method asks for (RFC 9112 §3.2).
    ///
    /// # Errors
    /// [`HeadError::Target`] or [`HeadError::TargetTooLong`].
    pub(crate) fn from_request_line(method: &Method, raw: Bytes) -> Result<Self, HeadError> {
        if raw.len() > LONGEST {
            return Err(HeadError::TargetTooLong);
        }
        match raw.first() {
            _ if *method == Method::CONNECT => Self::from_authority(raw),
            Some(b'/') => Ok(Self { path_and_query: part(raw)?, authority: None }),
            Some(b'*') if raw.len() == 1 && *method == Method::OPTIONS => Ok(Self::asterisk()),
            _ => Self::from_absolute(raw),
        }
    }

    /// RFC 9110 §4.2.4: nobody stands before the host.
    fn from_absolute(raw: Bytes) -> Result<Self, HeadError> {
        let uri = Uri::from_maybe_shared(raw).map_err(|_| HeadError::Target)?;
        let spoken = matches!(uri.scheme_str(), Some("http" | "https"));
        match uri.authority() {
            Some(authority) if spoken && is_host(authority.as_str().as_bytes()) => Ok(Self::from_uri(uri)),
            _ => Err(HeadError::Target),
        }
    }

    fn from_authority(raw: Bytes) -> Result<Self, HeadError> {
        let authority = Authority::from_maybe_shared(raw).map_err(|_| HeadError::Target)?;
        if authority.port().is_none() || !is_host(authority.as_str().as_bytes()) {
            return Err(HeadError::Target);
        }
        Ok(Self { path_and_query: PathAndQuery::from_static("/"), authority: Some(authority) })
    }

    /// Whether `host` names the authority, where the target has one (RFC 9112 §3.2).
    pub(crate) fn agrees_with(&self, host: &[u8]) -> bool {
        self.authority.as_ref().is_none_or(|authority| agrees(host, authority.as_str().as_bytes()))
    }

    pub(crate) fn from_uri(uri: Uri) -> Self {
        let parts = uri.into_parts();
        let path_and_query = parts.path_and_query.unwrap_or_else(|| PathAndQuery::from_static("/"));
        Self { path_and_query, authority: parts.authority }
    }

    /// For HTTP/2, whose pseudo fields need all three parts.
    pub(crate) fn into_absolute_form(self, scheme: Scheme, authority: Authority) -> Result<Uri, http::Error> {
        Uri::builder().scheme(scheme).authority(authority).path_and_query(self.path_and_query).build()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Target {
    type Err = TargetError;

    fn from_str(raw: &str) -> Result<Self, TargetError> {
        Self::parse(raw.as_bytes())
    }
}

fn part(raw: Bytes) -> Result<PathAndQuery, HeadError> {
    PathAndQuery::from_maybe_shared(raw).map_err(|_| HeadError::Target)
}

fn lossy(raw: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(raw)
}
