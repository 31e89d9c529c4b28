//! Makes `Content-Length` agree with the body that follows it.
//!
//! A step that replaces a body and forgets the field would otherwise leave the connection out of step with its reader.

use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use http::{Method, StatusCode};

use crate::Body;

/// For requests. A missing field stays missing: it is written with the head. One for a body of unknown length goes.
pub(crate) fn align(headers: &mut HeaderMap, body: &Body) {
    let Some(claimed) = headers.get(CONTENT_LENGTH) else { return };
    let Some(length) = body.declared_length() else {
        headers.remove(CONTENT_LENGTH);
        return;
    };
    if parse(claimed) != Some(length) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
}

/// For replies. Only a reply to `HEAD`, and `304`, may have a length and no body (RFC 9110 §8.6); any other reader would wait for the
/// bytes and take the next reply for them.
pub(crate) fn align_reply(headers: &mut HeaderMap, method: &Method, status: StatusCode, body: &Body) {
    if status.is_informational() || status == StatusCode::NO_CONTENT {
        headers.remove(CONTENT_LENGTH);
    } else if !body.is_empty() || (*method != Method::HEAD && status != StatusCode::NOT_MODIFIED) {
        align(headers, body);
    }
}

fn parse(value: &HeaderValue) -> Option<u64> {
    value.to_str().ok()?.parse().ok()
}
