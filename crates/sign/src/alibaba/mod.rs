//! Alibaba Cloud: calls to APIs ([`client`], [`app_code`]), calls from the gateway to backends ([`backend`]),
//! and the two dialects of the management API ([`rpc_v1`], [`acs3`]).

pub mod acs3;
pub mod app_code;
pub mod backend;
mod canonical;
pub mod client;
mod credential;
mod headers;
mod parameters;
mod printable;
pub mod rpc_v1;

pub use credential::{Credential, CredentialError, TimestampError};
pub use headers::SignedHeaders;
pub use printable::{PRINTABLE_LIMIT, printable};

use base64::Engine as _;
use md5::{Digest as _, Md5};

/// The `Content-MD5` of a body: base64 of its MD5.
#[must_use]
pub fn content_md5(body: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(Md5::digest(body))
}

/// Whether a body of this `Content-Type` is a form, whose fields are signed as parameters.
#[must_use]
pub fn is_form(content_type: &[u8]) -> bool {
    const FORM: &[u8] = b"application/x-www-form-urlencoded";
    content_type.get(..FORM.len()).is_some_and(|start| start.eq_ignore_ascii_case(FORM))
}
