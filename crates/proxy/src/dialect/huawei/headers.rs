//! What is added to replies and to requests for backends (spec: huawei/calling.md §5, §9).

use http::{HeaderName, HeaderValue};
use paifang_wire::Headers;

use crate::dialect::{DebugFacts, LimitFact};
use crate::exchange::Client;
use crate::refusal::LimitKind;
use crate::request_id::RequestId;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_PORT: HeaderName = HeaderName::from_static("x-forwarded-port");
const REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");

/// Consumed by the gateway. The signature stays: its secret is not in it, and backends may look at it.
pub(in crate::dialect) const CREDENTIALS: &[&str] = &["x-auth-token", "x-apig-appcode"];

pub(in crate::dialect) fn stamp(headers: &mut Headers, id: RequestId) {
    headers.insert(REQUEST_ID, id.plain_value());
    headers.insert(http::header::SERVER, HeaderValue::from_static("api-gateway"));
}

pub(in crate::dialect) fn add_debug(headers: &mut Headers, facts: &DebugFacts) {
    headers.insert("x-apig-latency", millis(facts.total));
    if let Some(backend) = facts.backend {
        headers.insert("x-apig-upstream-latency", millis(backend));
    }
    for fact in &facts.limits {
        if let Ok(value) = HeaderValue::try_from(limit_text(fact)) {
            headers.insert(limit_header(fact.what), value);
        }
    }
}

fn limit_text(fact: &LimitFact) -> String {
    format!("remain:{},limit:{},time:{}", fact.remain, fact.limit, fact.period)
}

/// The default limit counts an API over all its stages, hence `allenv`.
fn limit_header(what: LimitKind) -> HeaderName {
    HeaderName::from_static(match what {
        LimitKind::AllStages => "x-apig-ratelimit-api-allenv",
        LimitKind::Api | LimitKind::Rule | LimitKind::Otherwise => "x-apig-ratelimit-api",
        LimitKind::User => "x-apig-ratelimit-user",
        LimitKind::App | LimitKind::AppQuota => "x-apig-ratelimit-app",
        LimitKind::Address => "x-apig-ratelimit-ip",
        LimitKind::Group => "x-apig-ratelimit-group",
        LimitKind::Subdomain => "x-apig-ratelimit-domain",
    })
}

fn millis(duration: std::time::Duration) -> HeaderValue {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX).into()
}

pub(in crate::dialect) fn add_backend(headers: &mut Headers, client: &Client) {
    headers.insert(FORWARDED_FOR, client.forwarded_for(headers));
    headers.insert(REAL_IP, client.address_value());
    headers.insert(FORWARDED_PROTO, HeaderValue::from_static(client.scheme.name()));
    headers.insert(FORWARDED_PORT, client.local.port().into());
}
