//! What came back from a debugged call.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use utoipa::ToSchema;

use super::request::{BodyEncoding, Named};
use crate::port::{DebugAnswer, DebugDecision};

/// What came back.
#[derive(Serialize, ToSchema)]
pub(super) struct DebugReport {
    /// The request as the gateway received it.
    request: Sent,
    /// The answer's status.
    status: u16,
    /// The answer's headers.
    headers: Vec<Named>,
    /// The answer's body, as far as it is kept.
    body: String,
    /// How the body is written here: as text when it is UTF-8.
    body_encoding: BodyEncoding,
    /// Whether the body went on.
    body_truncated: bool,
    /// From the request to the end of the answer, in milliseconds.
    latency_ms: u64,
    /// What was decided on the way, in order.
    decisions: Vec<Decision>,
}

/// A request as the gateway received it.
#[derive(Serialize, ToSchema)]
#[schema(as = DebugSent)]
struct Sent {
    /// Its method.
    method: String,
    /// Its whole address.
    url: String,
    /// Its headers, with those that authenticate.
    headers: Vec<Named>,
}

/// One decision of the pipeline.
#[derive(Serialize, ToSchema)]
#[schema(as = DebugDecision)]
struct Decision {
    /// The stage of the pipeline.
    stage: String,
    /// What it decided.
    what: String,
    /// When, in microseconds after the call arrived.
    at_us: u64,
}

impl From<DebugAnswer> for DebugReport {
    fn from(answer: DebugAnswer) -> Self {
        let DebugAnswer { sent, status, headers, body, truncated, latency_ms, decisions } = answer;
        let (body, body_encoding) = match std::str::from_utf8(&body) {
            Ok(text) => (text.to_owned(), BodyEncoding::Text),
            Err(_) => (STANDARD.encode(&body), BodyEncoding::Base64),
        };
        Self {
            request: Sent { method: sent.method, url: sent.url, headers: named(sent.headers) },
            status,
            headers: named(headers),
            body,
            body_encoding,
            body_truncated: truncated,
            latency_ms,
            decisions: decisions.into_iter().map(Decision::from).collect(),
        }
    }
}

impl From<DebugDecision> for Decision {
    fn from(decision: DebugDecision) -> Self {
        let DebugDecision { stage, what, at_us } = decision;
        Self { stage, what, at_us }
    }
}

fn named(pairs: Vec<(String, String)>) -> Vec<Named> {
    pairs.into_iter().map(|(name, value)| Named { name, value }).collect()
}
