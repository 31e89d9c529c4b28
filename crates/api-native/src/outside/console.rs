//! The console's place. Until there is one, a page says so and where the interface is.

use axum::http::header::{ACCEPT, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::answer::Answer;
use crate::problem::{Kind, Problem};

const PAGE: &str = include_str!("console.html");
const POLICY: (HeaderName, &str) =
    (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");

/// Sends browsers to the console; programs learn where the interface is.
pub(super) async fn root(headers: HeaderMap) -> Answer {
    if accepts_html(headers.get(ACCEPT)) {
        return Ok(Redirect::to("/console/").into_response());
    }
    Err(Problem::new(Kind::NoSuchRoute, "the interface is described at /api/v1/openapi.json"))
}

/// The page.
pub(super) async fn page() -> Response {
    ([POLICY], Html(PAGE)).into_response()
}

fn accepts_html(accept: Option<&HeaderValue>) -> bool {
    accept.and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}
