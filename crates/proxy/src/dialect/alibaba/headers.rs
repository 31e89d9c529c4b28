//! What is added to replies and to requests for backends (spec: aliyun/calling.md §5–6, aliyun/api-model.md §6).

use http::{HeaderName, HeaderValue};
use paifang_wire::Headers;

use crate::dialect::{DebugFacts, Origin};
use crate::exchange::Client;
use crate::request_id::RequestId;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-ca-request-id");
const API_GATEWAY: HeaderName = HeaderName::from_static("x-ca-api-gateway");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Consumed by the gateway.
pub(in crate::dialect) const CREDENTIALS: &[&str] =
    &["x-ca-signature", "x-ca-signature-headers", "x-ca-key", "x-ca-nonce", "x-ca-timestamp"];

pub(in crate::dialect) fn stamp(headers: &mut Headers, id: RequestId, origin: Origin) {
    headers.insert(REQUEST_ID, id.dashed_value());
    if origin == Origin::Gateway {
        headers.insert(http::header::SERVER, HeaderValue::from_static("paifang"));
    }
}

pub(in crate::dialect) fn add_debug(headers: &mut Headers, facts: &DebugFacts) {
    let service = facts.backend.unwrap_or_default().as_millis();
    let total = facts.total.as_millis();
    let info = format!("{{\"ServiceLatency\":{service},\"TotalLatency\":{total}}}");
    if let Ok(value) = HeaderValue::try_from(info) {
        headers.insert("x-ca-debug-info", value);
    }
}

pub(in crate::dialect) fn add_backend(headers: &mut Headers, client: &Client, id: RequestId) {
    headers.insert(API_GATEWAY, id.dashed_value());
    headers.insert(FORWARDED_FOR, client.forwarded_for(headers));
}
