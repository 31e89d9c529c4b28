//! The gateway itself answers, as the API says.

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use paifang_wire::{Body, Reply};

use crate::snapshot::MockPlan;

/// The fixed answer. A body without a content type of its own is called JSON, as both clouds do.
pub(super) fn reply(plan: &MockPlan) -> Reply {
    let mut reply = Reply::with_headers(plan.status, plan.headers.clone(), Body::full(plan.body.clone()));
    if !plan.body.is_empty() && !reply.head.headers.contains(CONTENT_TYPE) {
        reply.head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    reply
}
