//! The console: files that `cargo xtask build` makes of `console/` and the binary carries. Where they were not made, a
//! page says how to make them, and where the interface is.

mod files;
mod serve;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::{IntoResponse, Redirect};

use crate::answer::Answer;
use crate::problem::{Kind, Problem};

/// Sends browsers to the console; programs learn where the interface is.
pub(super) async fn root(headers: HeaderMap) -> Answer {
    if accepts_html(&headers) {
        return Ok(Redirect::to("/console/").into_response());
    }
    Err(Problem::new(Kind::NoSuchRoute, "the interface is described at /api/v1/openapi.json"))
}

/// The console's first page.
pub(super) async fn index(headers: HeaderMap) -> Answer {
    serve::serve(files::read, "", &headers)
}

/// A file of the console; any other path is a page's, which the console itself knows.
pub(super) async fn file(Path(path): Path<String>, headers: HeaderMap) -> Answer {
    serve::serve(files::read, &path, &headers)
}

fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|value| value.contains("text/html"))
}
