//! The HTTP message of a call: parsed here, so that what is handed on can be sent as it is.

use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use paifang_model::name::shown;
use paifang_model::path::Segment;
use paifang_model::{Definition, Rule, Violations};

use super::request::{BodyEncoding, DebugCall};

/// The largest body of a debugged call.
const BODY_AT_MOST: usize = 512 * 1024;
/// The most headers, and the most query parameters, of a debugged call.
const NAMED_AT_MOST: usize = 100;

/// The message.
pub(super) struct Message {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// The message of a call, or complaints about all of its parts.
pub(super) fn read(call: &DebugCall, definition: &Definition, violations: &mut Violations) -> Message {
    Message {
        method: method(&call.method, violations),
        path: path(call.path.as_deref(), definition, violations),
        query: query(call, violations),
        headers: headers(call, violations),
        body: body(call, violations),
    }
}

fn method(given: &str, violations: &mut Violations) -> Method {
    given.parse().unwrap_or_else(|_| {
        violations.add(
            "/method",
            Rule::Format,
            format!("`{}` is not a method (RFC 9110 §9.1)", shown(given)),
        );
        Method::GET
    })
}

fn path(given: Option<&str>, definition: &Definition, violations: &mut Violations) -> String {
    let own = &definition.request.path;
    let Some(path) = given else {
        if !own.segments().iter().all(|segment| matches!(segment, Segment::Literal(_))) {
            let message = format!("the API's path is `{own}`: say what stands for its parameters");
            violations.add("/path", Rule::Required, message);
        }
        return own.as_str().to_owned();
    };
    let well_formed =
        path.starts_with('/') && !path.contains(['?', '#']) && PathAndQuery::try_from(path).is_ok();
    if !well_formed {
        let message = format!("`{}` must start with `/`, be encoded, and have no query", shown(path));
        violations.add("/path", Rule::Format, message);
    }
    path.to_owned()
}

fn query(call: &DebugCall, violations: &mut Violations) -> Vec<(String, String)> {
    check_number("/query", call.query.len(), violations);
    call.query.iter().map(|named| (named.name.clone(), named.value.clone())).collect()
}

fn headers(call: &DebugCall, violations: &mut Violations) -> HeaderMap {
    check_number("/headers", call.headers.len(), violations);
    let mut headers = HeaderMap::new();
    for (index, named) in call.headers.iter().enumerate().take(NAMED_AT_MOST) {
        let (name, value) = (HeaderName::try_from(&named.name), HeaderValue::try_from(&named.value));
        if name.is_err() {
            let message = format!("`{}` is not a header name (RFC 9110 §5.1)", shown(&named.name));
            violations.add(format!("/headers/{index}/name"), Rule::Format, message);
        }
        if value.is_err() {
            let message = format!("`{}` is not a header value (RFC 9110 §5.5)", shown(&named.value));
            violations.add(format!("/headers/{index}/value"), Rule::Format, message);
        }
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    headers
}

fn check_number(pointer: &str, number: usize, violations: &mut Violations) {
    if number > NAMED_AT_MOST {
        let message = format!("{number} are too many: {NAMED_AT_MOST} are allowed");
        violations.add(pointer, Rule::Range, message);
    }
}

fn body(call: &DebugCall, violations: &mut Violations) -> Bytes {
    let body = match call.body_encoding {
        BodyEncoding::Text => Ok(call.body.clone().into_bytes()),
        BodyEncoding::Base64 => STANDARD.decode(&call.body),
    };
    match body {
        Ok(body) if body.len() <= BODY_AT_MOST => return body.into(),
        Ok(body) => {
            let message = format!("{} bytes are too many: {BODY_AT_MOST} are allowed", body.len());
            violations.add("/body", Rule::Range, message);
        }
        Err(error) => violations.add("/body", Rule::Format, format!("it is not base64: {error}")),
    }
    Bytes::new()
}
