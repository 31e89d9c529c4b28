//! How a group's outside looks: error answers, header names, what the gateway adds. The one place of the
//! data plane that knows the clouds by name.

mod alibaba;
mod huawei;
mod order;
mod telltale;

use std::time::Duration;

use http::{Method, StatusCode};
use paifang_model::Dialect;
use paifang_model::dialect::SystemValue;
use paifang_model::policy::Period;
use paifang_wire::{Body, HeaderName, Headers, Reply};

pub use order::{Check, order};
pub use telltale::guess;

use crate::exchange::Client;
use crate::policy::Slot;
use crate::refusal::Refusal;
use crate::request_id::RequestId;

/// A refusal in a dialect's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The error code.
    pub code: &'static str,
    /// The status.
    pub status: StatusCode,
    /// The message.
    pub message: String,
}

/// A refusal in a dialect's words.
#[must_use]
pub fn answer(dialect: Dialect, refusal: &Refusal) -> Answer {
    let (code, status, message) = match dialect {
        Dialect::Alibaba => alibaba::errors::answer(refusal),
        Dialect::Huawei => huawei::errors::answer(refusal),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Answer { code, status, message }
}

/// The reply to a refused call, complete but for what [`stamp`] adds.
#[must_use]
pub fn refuse(dialect: Dialect, refusal: &Refusal, id: RequestId) -> Reply {
    let answer = answer(dialect, refusal);
    let mut reply = match dialect {
        Dialect::Alibaba => alibaba::errors::reply(&answer),
        Dialect::Huawei => huawei::errors::reply(&answer, id),
    };
    if let Some(seconds) = retry_after(refusal) {
        reply.head.headers.insert(http::header::RETRY_AFTER, seconds.into());
    }
    if let Refusal::OverTls { location, .. } = refusal
        && let Ok(location) = http::HeaderValue::try_from(location)
    {
        reply.head.headers.insert(http::header::LOCATION, location);
    }
    stamp(dialect, &mut reply.head.headers, id, Origin::Gateway);
    reply
}

fn retry_after(refusal: &Refusal) -> Option<u32> {
    match refusal {
        Refusal::Busy => Some(1),
        Refusal::Limited(limited) => Some(limited.retry_after_s.max(1)),
        _ => None,
    }
}

/// Who made a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The backend.
    Backend,
    /// The gateway.
    Gateway,
}

/// Adds what every reply carries: the request's id, and the server's name where the dialect says so.
pub fn stamp(dialect: Dialect, headers: &mut Headers, id: RequestId, origin: Origin) {
    match dialect {
        Dialect::Alibaba => alibaba::headers::stamp(headers, id, origin),
        Dialect::Huawei => huawei::headers::stamp(headers, id),
    }
}

/// What debug headers say about a call.
#[derive(Debug, Clone, Default)]
pub struct DebugFacts {
    /// From the call's arrival to the head of the backend's answer.
    pub total: Duration,
    /// From sending to the head of the backend's answer; none when the gateway answered itself.
    pub backend: Option<Duration>,
    /// The limits that counted the call.
    pub limits: Vec<LimitFact>,
}

/// What a limit had left after a call.
#[derive(Debug, Clone)]
pub struct LimitFact {
    /// What it counts.
    pub what: crate::refusal::LimitKind,
    /// Calls left in the period.
    pub remain: u32,
    /// Calls allowed in the period.
    pub limit: u32,
    /// The period.
    pub period: Period,
}

/// Whether the caller asks for debug headers.
#[must_use]
pub fn wants_debug(dialect: Dialect, headers: &Headers) -> bool {
    const ALIBABA: HeaderName = HeaderName::from_static("x-ca-request-mode");
    const HUAWEI: HeaderName = HeaderName::from_static("x-apig-mode");
    let name = match dialect {
        Dialect::Alibaba => ALIBABA,
        Dialect::Huawei => HUAWEI,
    };
    headers.text(name).is_some_and(|value| value.trim().eq_ignore_ascii_case("debug"))
}

/// Adds the debug headers.
pub fn add_debug(dialect: Dialect, headers: &mut Headers, facts: &DebugFacts) {
    match dialect {
        Dialect::Alibaba => alibaba::headers::add_debug(headers, facts),
        Dialect::Huawei => huawei::headers::add_debug(headers, facts),
    }
}

/// Where the rates are counted that groups and APIs have without a policy (spec: aliyun/errors.md §4,
/// huawei/calling.md §2).
pub(crate) const fn rates_slot(dialect: Dialect) -> Slot {
    match dialect {
        Dialect::Alibaba => Slot::BeforeAuth,
        Dialect::Huawei => Slot::AfterAuth,
    }
}

/// Where throttling policies count (spec: aliyun/errors.md §4, huawei/calling.md §2).
pub(crate) const fn throttle_slot(dialect: Dialect) -> Slot {
    match dialect {
        Dialect::Alibaba => Slot::AfterParameters,
        Dialect::Huawei => Slot::AfterAuth,
    }
}

/// The header by which a caller names the stage.
#[must_use]
pub fn stage_header(dialect: Dialect) -> HeaderName {
    const ALIBABA: HeaderName = HeaderName::from_static("x-ca-stage");
    const HUAWEI: HeaderName = HeaderName::from_static("x-stage");
    match dialect {
        Dialect::Alibaba => ALIBABA,
        Dialect::Huawei => HUAWEI,
    }
}

/// The stage of a caller that names none.
pub const DEFAULT_STAGE: &str = "RELEASE";

/// Adds what every request to a backend carries beside its own headers.
pub fn add_backend_headers(dialect: Dialect, headers: &mut Headers, client: &Client, id: RequestId) {
    match dialect {
        Dialect::Alibaba => alibaba::headers::add_backend(headers, client, id),
        Dialect::Huawei => huawei::headers::add_backend(headers, client),
    }
}

/// The headers that carry credentials to the gateway and, where parameters are mapped, go no further; in lower case.
#[must_use]
pub const fn credential_headers(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Alibaba => alibaba::headers::CREDENTIALS,
        Dialect::Huawei => huawei::headers::CREDENTIALS,
    }
}

/// The headers of a permissive answer to another origin's page, which asked with a method.
pub fn add_cors(dialect: Dialect, headers: &mut Headers, method: &Method) {
    match dialect {
        Dialect::Alibaba => alibaba::cors::add(headers),
        Dialect::Huawei => huawei::cors::add(headers, method),
    }
}

/// Whether pages of other origins may read all answers, whatever an API says (spec: aliyun/calling.md §9).
#[must_use]
pub const fn is_open_to_pages(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Alibaba)
}

/// Whether the gateway answers preflight requests for APIs that have no OPTIONS method; see [`preflight`].
#[must_use]
pub const fn answers_preflights(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Alibaba)
}

/// Whether an API with the method OPTIONS and `cors` at the path `/` answers preflights for every path of its group that has no
/// other answer (spec: huawei/calling.md §8).
#[must_use]
pub const fn root_answers_preflights(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Huawei)
}

/// The answer to a preflight request for an API that has no OPTIONS method, where the dialect gives one.
#[must_use]
pub fn preflight(dialect: Dialect, id: RequestId) -> Option<Reply> {
    if !answers_preflights(dialect) {
        return None;
    }
    let mut reply = empty_reply(dialect, id);
    alibaba::cors::add_preflight(&mut reply.head.headers);
    Some(reply)
}

/// An answer of the gateway's own that says nothing yet.
#[must_use]
pub fn empty_reply(dialect: Dialect, id: RequestId) -> Reply {
    let mut reply = Reply::new(StatusCode::OK, Body::empty());
    stamp(dialect, &mut reply.head.headers, id, Origin::Gateway);
    reply
}

/// Whether calls of pages are refused that a policy does not let in (spec: aliyun/plugins.md §3.6); else it is left to their
/// browsers.
#[must_use]
pub const fn keeps_pages_out(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Alibaba)
}

/// How a dialect writes the values that it alone has a form for.
#[must_use]
pub fn system_text(dialect: Dialect, value: SystemValue, id: RequestId) -> Option<String> {
    let text = match (dialect, value) {
        (Dialect::Alibaba, SystemValue::RequestId) => id.dashed().to_vec(),
        (Dialect::Huawei, SystemValue::RequestId) => id.plain().to_vec(),
        (Dialect::Alibaba, SystemValue::GatewayName) => b"AliCloudApiGateway".to_vec(),
        (Dialect::Huawei, SystemValue::GatewayName) => b"api-gateway".to_vec(),
        _ => return None,
    };
    String::from_utf8(text).ok()
}
