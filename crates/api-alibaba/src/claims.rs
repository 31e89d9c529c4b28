//! Which requests of the management port are for this interface.

use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};

/// Whether a request is for this interface: one on `/` that names an action in the query or a header, or is a POST
/// of a form, in which it may stand (spec: aliyun/management-api.md §1).
#[must_use]
pub fn claims(parts: &Parts) -> bool {
    parts.uri.path() == "/" && (names_action(parts) || is_form_post(parts))
}

fn names_action(parts: &Parts) -> bool {
    let query = parts.uri.query().unwrap_or_default();
    parts.headers.contains_key("x-acs-action")
        || form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "Action")
}

fn is_form_post(parts: &Parts) -> bool {
    let content_type = parts.headers.get(CONTENT_TYPE).map_or(&[][..], HeaderValue::as_bytes);
    parts.method == Method::POST && paifang_sign::alibaba::is_form(content_type)
}
