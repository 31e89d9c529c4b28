//! What is answered when it was done.

mod list;
mod view;

pub(crate) use list::{Item, List};
pub(crate) use view::View;

use axum::Json;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use paifang_control::{Page, Stored};
use serde::Serialize;

use crate::problem::Problem;
use crate::router::BASE;

/// What every handler returns.
pub(crate) type Answer = Result<Response, Problem>;

/// One object, with its revision as `ETag`.
pub(crate) fn one<T: Serialize>(stored: Stored<T>) -> Answer {
    let revision = stored.revision;
    at_revision(revision, View::from(stored))
}

/// Marks an answer that also says what others do with its object, so that its revision does not tell whether it changed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WithUses;

/// One object with what uses it. Its `ETag` is good for changing it, and never answered 304.
pub(crate) fn one_with_uses<T: Serialize>(stored: Stored<T>) -> Answer {
    let mut response = one(stored)?;
    response.extensions_mut().insert(WithUses);
    Ok(response)
}

/// Something that is as of a revision.
pub(crate) fn at_revision(revision: u64, body: impl Serialize) -> Answer {
    Ok(([(ETAG, etag(revision))], Json(body)).into_response())
}

/// An object that was made, and the path below the base at which it is found.
pub(crate) fn made(path: &str, revision: u64, body: impl Serialize) -> Answer {
    let location = format!("{BASE}{path}");
    Ok((StatusCode::CREATED, [(ETAG, etag(revision)), (LOCATION, location)], Json(body)).into_response())
}

/// An object that was made and is shown as it is.
pub(crate) fn made_one<T: Serialize>(path: &str, stored: Stored<T>) -> Answer {
    made(path, stored.revision, View::from(stored))
}

/// A page of objects.
pub(crate) fn page<T: Serialize>(page: Page<Stored<T>>) -> Answer {
    plain(List::of(page, View::from))
}

/// Anything else.
pub(crate) fn plain(body: impl Serialize) -> Answer {
    Ok(Json(body).into_response())
}

/// It was done, and there is nothing to show.
pub(crate) fn nothing() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A revision as an entity tag (RFC 9110 §8.8.3).
pub(crate) fn etag(revision: u64) -> String {
    format!("\"r{revision}\"")
}

/// The revision that an entity tag names; none when it is not one of ours.
pub(crate) fn revision_of(tag: &HeaderValue) -> Option<u64> {
    tag.to_str().ok()?.trim().strip_prefix("\"r")?.strip_suffix('"')?.parse().ok()
}
