//! The last step of every answer: its request's id, problems as documents, and conditions on GET.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument as _;

use crate::answer::WithUses;
use crate::problem::{Kind, Problem};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Runs around every route.
pub(crate) async fn finish(request: Request, next: Next) -> Response {
    let id = crate::random::hex::<16>();
    let asked = Asked::of(&request);
    let span = tracing::info_span!("management", request.id = %id);
    let response = asked.settle(next.run(request).instrument(span).await, &id);
    tracing::debug!(request.id = %id, status = response.status().as_u16(), "{} {}", asked.method, asked.path);
    finished(response, &id)
}

/// What the answer depends on beside the handler.
struct Asked {
    method: Method,
    path: String,
    if_match: bool,
    if_none_match: Vec<HeaderValue>,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let headers = request.headers();
        Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            if_match: headers.contains_key(IF_MATCH),
            if_none_match: headers.get_all(IF_NONE_MATCH).into_iter().cloned().collect(),
        }
    }

    fn settle(&self, mut response: Response, id: &str) -> Response {
        if let Some(problem) = self.problem(&mut response) {
            let headers = std::mem::take(response.headers_mut());
            return with_headers(problem.render(id), headers);
        }
        if self.has_it(&response) {
            let mut unchanged = StatusCode::NOT_MODIFIED.into_response();
            unchanged.headers_mut().extend(response.headers().get(ETAG).map(|tag| (ETAG, tag.clone())));
            return unchanged;
        }
        response
    }

    /// The problem that a handler told, or that the router met before any handler.
    fn problem(&self, response: &mut Response) -> Option<Problem> {
        let told = response.extensions_mut().remove::<Problem>();
        let problem = match response.status() {
            _ if told.is_some() => told?,
            StatusCode::METHOD_NOT_ALLOWED => {
                let method = paifang_model::name::shown(self.method.as_str());
                Problem::new(
                    Kind::MethodNotAllowed,
                    format!("{method} is not served here; Allow says what is"),
                )
            }
            _ => return None,
        };
        // RFC 9110 §15.5.13: 412 answers a condition that was sent. Without one, two callers just met.
        let met = problem.kind() == Kind::RevisionMismatch && !self.if_match;
        Some(if met { problem.become_kind(Kind::Raced) } else { problem })
    }

    /// Whether the caller has what would be sent (RFC 9110 §13.1.2).
    fn has_it(&self, response: &Response) -> bool {
        let reads = matches!(self.method, Method::GET | Method::HEAD)
            && response.status() == StatusCode::OK
            && response.extensions().get::<WithUses>().is_none();
        let Some(tag) = response.headers().get(ETAG).filter(|_| reads) else { return false };
        let tags = self.if_none_match.iter().filter_map(|value| value.to_str().ok());
        tags.flat_map(|tags| tags.split(',')).map(|known| known.trim()).any(|known| {
            known == "*" || known.strip_prefix("W/").unwrap_or(known).as_bytes() == tag.as_bytes()
        })
    }
}

/// The headers that a problem came with, `Allow` say, but not those of the body that it replaces.
fn with_headers(mut response: Response<Body>, mut headers: HeaderMap) -> Response {
    headers.remove(CONTENT_TYPE);
    headers.remove(CONTENT_LENGTH);
    response.headers_mut().extend(headers);
    response
}

fn finished(mut response: Response, id: &str) -> Response {
    let private = if response.headers().contains_key(ETAG) { "private, no-cache" } else { "no-store" };
    let headers = response.headers_mut();
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(private));
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_also_says_who_uses_it_is_never_unchanged() {
        let known = HeaderValue::from_static("\"r1\"");
        let asked = Asked {
            method: Method::GET,
            path: "/certificates/1".to_owned(),
            if_match: false,
            if_none_match: vec![known.clone()],
        };
        let mut response = StatusCode::OK.into_response();
        response.headers_mut().insert(ETAG, known);
        assert!(asked.has_it(&response));
        response.extensions_mut().insert(WithUses);
        assert!(!asked.has_it(&response));
    }
}
