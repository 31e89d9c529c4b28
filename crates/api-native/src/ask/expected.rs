//! The condition under which a change is made (RFC 9110 §13.1.1).

use axum::extract::FromRequestParts;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use paifang_model::name::shown;

use crate::answer::revision_of;
use crate::problem::{Kind, Problem};

/// The revision that `If-Match` names; none: whatever is there, the change is made.
pub(crate) struct Expected(pub(crate) Option<u64>);

impl<S: Send + Sync> FromRequestParts<S> for Expected {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let mut tags = parts.headers.get_all(IF_MATCH).into_iter();
        let (first, further) = (tags.next(), tags.next());
        let Some(tag) = first.filter(|tag| tag.as_bytes() != b"*") else { return Ok(Self(None)) };
        // A weak tag or somebody else's matches nothing here.
        match revision_of(tag).filter(|_| further.is_none()) {
            Some(revision) => Ok(Self(Some(revision))),
            None => {
                let tag = shown(&String::from_utf8_lossy(tag.as_bytes()));
                let detail = format!(
                    "If-Match is `{tag}`, and no object has that: one `ETag` is expected, as in \"r42\""
                );
                Err(Problem::new(Kind::RevisionMismatch, detail))
            }
        }
    }
}
