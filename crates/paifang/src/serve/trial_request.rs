//! A debugging call as a client would send it: with its group's host, its query encoded, and signed.

use std::fmt::Write as _;

use http::Uri;
use paifang_api_native::{DebugCaller, DebugRefused, DebugRequest, SentRequest};
use paifang_model::definition::Scheme;

use super::debugger::invalid;
use crate::sign::{Body, Credentials, Request, Stamp, sign};

/// The call, with all its headers.
pub(super) fn build(request: &DebugRequest) -> Result<SentRequest, DebugRefused> {
    let scheme = match request.scheme {
        Scheme::Http => "http",
        Scheme::Https => "https",
    };
    let url = format!("{scheme}://{}{}", request.group.subdomain, target(request));
    let uri: Uri = url.parse().map_err(|error| invalid("/path", &format!("it makes no address: {error}")))?;
    let body = match request.body.as_ref() {
        [] => Body::Empty,
        bytes => Body::File { path: "-".into(), bytes: bytes.to_vec() },
    };
    let mut call = Request::new(uri, body);
    call.method = request.method.clone();
    for (name, value) in &request.headers {
        let value = std::str::from_utf8(value.as_bytes());
        call.add(name.as_str(), value.map_err(|_| invalid("/headers", "a value is not UTF-8"))?);
    }
    call.add_missing("Host", request.group.subdomain.as_str());
    let call = match credentials(&request.caller) {
        Some(credentials) => sign(request.group.dialect, &credentials, &Stamp::now(), call)
            .map_err(|error| invalid("/caller", &format!("the call cannot be signed: {error}")))?,
        None => call,
    };
    Ok(SentRequest { method: call.method.to_string(), url, headers: call.headers })
}

/// Path and query as on the request line.
pub(super) fn target(request: &DebugRequest) -> String {
    let base = request.group.base_path.trim_end_matches('/');
    let mut target = format!("{base}{}", request.path);
    for (index, (name, value)) in request.query.iter().enumerate() {
        target.push(if index == 0 { '?' } else { '&' });
        encode(name, &mut target);
        target.push('=');
        encode(value, &mut target);
    }
    target
}

fn credentials(caller: &DebugCaller) -> Option<Credentials> {
    match caller {
        DebugCaller::Nobody | DebugCaller::Waived => None,
        DebugCaller::AppKey { key, secret } => {
            Some(Credentials::Key { key: key.clone(), secret: secret.clone() })
        }
        DebugCaller::AppCode { code } => Some(Credentials::Code(code.clone())),
    }
}

/// RFC 3986 §2.3: all but unreserved characters are escaped.
fn encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            let _ = write!(into, "%{byte:02X}");
        }
    }
}
