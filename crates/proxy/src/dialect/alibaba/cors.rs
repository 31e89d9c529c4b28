//! Permissive answers to pages of other origins (spec: aliyun/calling.md §9).

use http::HeaderValue;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE,
};
use paifang_wire::Headers;

const ALLOWED_HEADERS: &str = "X-Requested-With,X-Sequence,X-Ca-Key,X-Ca-Secret,X-Ca-Version,X-Ca-Timestamp,\
X-Ca-Nonce,X-Ca-API-Key,X-Ca-Stage,X-Ca-Client-DeviceId,X-Ca-Client-AppId,X-Ca-Signature,X-Ca-Signature-Headers,\
X-Ca-Signature-Method,X-Forwarded-For,X-Ca-Date,X-Ca-Request-Mode,Authorization,Content-Type,Accept,Accept-Ranges,\
Cache-Control,Range,Content-MD5";

/// A simple request's answer; what the backend said is kept.
pub(in crate::dialect) fn add(headers: &mut Headers) {
    if !headers.contains(ACCESS_CONTROL_ALLOW_ORIGIN) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
}

/// A preflight's answer.
pub(in crate::dialect) fn add_preflight(headers: &mut Headers) {
    add(headers);
    let methods = HeaderValue::from_static("GET,POST,PUT,DELETE,HEAD,OPTIONS,PATCH");
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(ALLOWED_HEADERS));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("172800"));
}
