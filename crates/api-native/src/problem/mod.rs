//! What went wrong, as RFC 9457 has it. Handlers say what kind it is; [`crate::finish`] writes it down with the
//! request's id.

mod kind;
mod of_control;

pub(crate) use kind::Kind;

use std::time::Duration;

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use paifang_model::{Violation, Violations};
use serde::Serialize;
use utoipa::ToSchema;

/// A problem on its way to the caller.
#[derive(Debug, Clone)]
pub(crate) struct Problem(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    kind: Kind,
    detail: String,
    violations: Vec<Violation>,
    facts: Facts,
    again_in: Option<Duration>,
}

/// What a program may want to know, by kind.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct Facts {
    /// `revision-mismatch`: the `ETag` that the caller knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<String>,
    /// `revision-mismatch`: the `ETag` that the object has; absent when it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) found: Option<String>,
    /// `in-use`: the first ten of those that need it, as `kind/id`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) needed_by: Vec<String>,
    /// `in-use`: how many need it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) count: Option<u64>,
    /// `quota-exceeded`: how many there may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) limit: Option<u64>,
}

/// A problem document (RFC 9457), of type `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemDocument {
    /// What kind of problem it is: a URN that never changes, `urn:paifang:problem:` and a name.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The kind in words.
    title: &'static str,
    /// The answer's status.
    status: u16,
    /// What happened this time.
    detail: String,
    /// The request's id, as in `X-Request-Id`.
    instance: String,
    /// Every complaint about what was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violations: Vec<Violation>,
    #[serde(flatten)]
    facts: Facts,
}

/// A problem that is part of an answer: why one item of a task was not done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reason {
    /// What kind of problem it is, as in a problem document.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What happened.
    detail: String,
    /// Every complaint about what was sent, with pointers as if the item had been sent alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violations: Vec<Violation>,
    #[serde(flatten)]
    facts: Facts,
}

impl Problem {
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        let (detail, violations, facts) = (detail.into(), Vec::new(), Facts::default());
        Self(Box::new(Inner { kind, detail, violations, facts, again_in: None }))
    }

    /// Complaints about what was sent.
    pub(crate) fn violations(kind: Kind, violations: Violations) -> Self {
        let violations = violations.into_vec();
        let detail = match violations.as_slice() {
            [one] => format!("{}: {}", place(&one.pointer), one.message),
            many => format!("there are {} complaints", many.len()),
        };
        let mut problem = Self::new(kind, detail);
        problem.0.violations = violations;
        problem
    }

    /// It is not known who asks.
    pub(crate) fn unauthenticated(detail: impl Into<String>) -> Self {
        Self::new(Kind::Unauthenticated, detail)
    }

    fn with(mut self, facts: Facts) -> Self {
        self.0.facts = facts;
        self
    }

    fn again_in(mut self, wait: Duration) -> Self {
        self.0.again_in = Some(wait);
        self
    }

    pub(crate) fn kind(&self) -> Kind {
        self.0.kind
    }

    pub(crate) fn become_kind(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }

    /// The same as part of an answer.
    pub(crate) fn into_reason(self) -> Reason {
        let Inner { kind, detail, violations, facts, .. } = *self.0;
        // Nobody sent a condition: two callers just met.
        let kind = if kind == Kind::RevisionMismatch { Kind::Raced } else { kind };
        Reason { kind: kind.urn(), detail, violations, facts }
    }

    /// The document and its headers.
    pub(crate) fn render(self, id: &str) -> Response {
        let Inner { kind, detail, violations, facts, again_in } = *self.0;
        let status = kind.status();
        let document = ProblemDocument {
            kind: kind.urn(),
            title: kind.title(),
            status: status.as_u16(),
            detail,
            instance: id.to_owned(),
            violations,
            facts,
        };
        let mut response = (status, axum::Json(document)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if kind == Kind::Unauthenticated {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("SDK-HMAC-SHA256"));
        }
        if let Some(wait) = again_in {
            headers.insert(RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.kind().status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Violations> for Problem {
    fn from(violations: Violations) -> Self {
        Self::violations(Kind::Invalid, violations)
    }
}

/// A pointer into a body is never empty in a sentence.
fn place(pointer: &str) -> &str {
    if pointer.is_empty() { "the body" } else { pointer }
}
