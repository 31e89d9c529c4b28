//! Requests and answers as raw texts, with the lines that the vendor's debugger adds.

use std::fmt::Write as _;

use axum::http::header::{HOST, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::port::{DebugAnswer, DebugRequest};

/// The most of an answer's body that is shown, in bytes. Spec: huawei/lifecycle.md.
const SHOWN: usize = 2_097_152;

const MODE: HeaderName = HeaderName::from_static("x-apig-mode");

/// The headers of the call: those asked for, and the debugger's own.
pub(super) fn with_own(mut headers: HeaderMap, domain: Option<&str>, subdomain: &str) -> HeaderMap {
    if let Ok(host) = HeaderValue::from_str(domain.unwrap_or(subdomain)) {
        headers.insert(HOST, host);
    }
    headers.entry(USER_AGENT).or_insert(HeaderValue::from_static("APIGatewayDebugClient/1.0"));
    headers.insert(MODE, HeaderValue::from_static("debug"));
    headers
}

pub(super) fn request_line(request: &DebugRequest) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> =
        request.query.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
    format!("{} {}{query} HTTP/1.1", request.method, request.path)
}

/// The request as the gateway received it; its body is the caller's own and is not repeated.
pub(super) fn request(line: &str, answer: &DebugAnswer) -> String {
    head(line, &answer.sent)
}

pub(super) fn response(answer: &DebugAnswer) -> String {
    let reason = StatusCode::from_u16(answer.status).ok().and_then(|status| status.canonical_reason());
    let line = format!("HTTP/1.1 {} {}", answer.status, reason.unwrap_or_default());
    let mut text = head(line.trim_end(), &answer.headers);
    let shown = &answer.body[..answer.body.len().min(SHOWN)];
    text.push_str(&String::from_utf8_lossy(shown));
    if answer.truncated || answer.body.len() > SHOWN {
        text.push_str("[TRUNCATED]");
    }
    text
}

fn head(line: &str, headers: &[(String, String)]) -> String {
    let mut text = format!("{line}\r\n");
    for (name, value) in headers {
        // Writing to a string does not fail.
        let _ = write!(text, "{name}: {value}\r\n");
    }
    text.push_str("\r\n");
    text
}
