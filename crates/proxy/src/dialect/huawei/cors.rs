//! Permissive answers to pages of other origins (spec: huawei/calling.md §8).

use http::HeaderValue;
use http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use paifang_wire::Headers;

/// A simple request's answer; what the backend said is kept.
pub(in crate::dialect) fn add(headers: &mut Headers) {
    let said = headers.iter().any(|(name, _)| name.as_str().starts_with("access-control-"));
    if !said {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
}
