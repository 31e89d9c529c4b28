//! Makes `Content-Length` agree with the body that follows it.
//!
//! A step that replaces a body and forgets the field would otherwise leave the connection out of step with its reader.

use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};

use crate::Body;

/// For requests. A missing field stays missing: it is written with the head.
pub(crate) fn align(headers: &mut HeaderMap, body: &Body) {
    let Some(length) = body.declared_length() else { return };
    let Some(claimed) = headers.get(CONTENT_LENGTH) else { return };
    if parse(claimed) != Some(length) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
}

/// For replies, where an empty body may keep the length that the same reply to `GET` would have (RFC 9110 §8.6).
pub(crate) fn align_reply(headers: &mut HeaderMap, body: &Body) {
    if !body.is_empty() {
        align(headers, body);
    }
}

fn parse(value: &HeaderValue) -> Option<u64> {
    value.to_str().ok()?.parse().ok()
}
