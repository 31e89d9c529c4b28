//! The backend: an HTTP service, or the gateway's own answer. Spec: huawei/api-model.md §5.

use paifang_model::definition::{
    Backend, BackendMethod, ContentTypeRule, Destination, HttpBackend, MockBackend, MockHeader, Retries,
    Scheme,
};
use serde_json::{Map, Value, json};

use super::words::{BACKEND_METHODS, BACKEND_PROTOCOLS, BACKEND_TYPES, BackendType, word};
use crate::answer::members;
use crate::ask::Fields;
use crate::fault::codes;
use crate::scope;

/// Spec: huawei/api-model.md §5.
const USUAL_TIMEOUT_MS: u32 = 5_000;

/// What a body may be said to be (spec: huawei/api-model.md).
const CONTENT_TYPES: [(&str, &str); 4] = [
    ("application/json", "application/json"),
    ("application/xml", "application/xml"),
    ("multipart/form-data", "multipart/form-data"),
    ("text/plain", "text/plain"),
];

pub(super) fn read(body: &mut Fields<'_, '_>) -> Backend {
    let kind = body.offered("backend_type", BACKEND_TYPES);
    let content_type = body.word("content_type", &CONTENT_TYPES);
    let content_type = content_type.map(|value: &str| ContentTypeRule::Fixed { value: value.to_owned() });
    let member = match kind {
        Some(BackendType::Http) => "backend_api",
        Some(BackendType::Mock) => "mock_info",
        None => return nothing(),
    };
    body.demand(member);
    let read = body.object(member, |given| match kind {
        Some(BackendType::Http) => {
            given.demand("timeout");
            let content_type = content_type.unwrap_or_default();
            Backend::Http(HttpBackend { content_type, ..read_http(given) })
        }
        _ => Backend::Mock(read_mock(given)),
    });
    read.unwrap_or_else(nothing)
}

/// Stands in for a backend that was complained about.
fn nothing() -> Backend {
    Backend::Mock(MockBackend { status: 200, headers: Vec::new(), body: String::new() })
}

/// A service as a backend or a policy has it.
pub(super) fn read_http(given: &mut Fields<'_, '_>) -> HttpBackend {
    given.refuse("enable_client_ssl", "client certificates towards backends are not offered yet");
    given.refuse("enable_sm_channel", "this cipher family is not offered");
    given.refuse("authorizer_id", "authorizers are not offered yet");
    given.refuse(
        "member_group_url_infos",
        "calls go to a channel's members by weight, not to a member group by URL",
    );
    let scheme = given.offered("req_protocol", BACKEND_PROTOCOLS).unwrap_or_default();
    let (to, host) = destination(given, scheme);
    HttpBackend {
        to,
        host,
        method: given.required_word("req_method", BACKEND_METHODS, BackendMethod::Any),
        path: given.required("req_uri").to_owned(),
        timeout_ms: timeout(given),
        retries: retries(given),
        ..HttpBackend::at("")
    }
}

/// An address, or a channel when the status says so; which may name the host that its members are told.
fn destination(given: &mut Fields<'_, '_>, scheme: Scheme) -> (Destination, Option<String>) {
    if given.one_or_two("vpc_channel_status") != Some(true) {
        let word = if scheme == Scheme::Https { "https" } else { "http" };
        let url = format!("{word}://{}", given.required("url_domain"));
        return (Destination::Address { url }, None);
    }
    given.demand("vpc_channel_info");
    let info = given.object("vpc_channel_info", |info| {
        let id = info.required("vpc_channel_id").to_owned();
        let host = info.text("vpc_channel_proxy_host").filter(|host| !host.is_empty());
        let channel = scope::id("vpc_channel_id", &id);
        if channel.is_err() && !id.is_empty() {
            info.complain(codes::INVALID_NAME, "vpc_channel_id", "it is not an id");
        }
        channel.ok().map(|channel| (Destination::Channel { channel, scheme }, host.map(str::to_owned)))
    });
    info.flatten().unwrap_or((Destination::Address { url: String::new() }, None))
}

/// Policies need not say one; then it is what the console offers.
fn timeout(given: &mut Fields<'_, '_>) -> u32 {
    let Some(number) = given.integer("timeout") else { return USUAL_TIMEOUT_MS };
    let timeout = u32::try_from(number).ok();
    if timeout.is_none() {
        given.complain(codes::INVALID_VALUE, "timeout", format!("{number} ms is not a time"));
    }
    timeout.unwrap_or(1)
}

/// `-1` leaves it to the method; spec: huawei/api-model.md §5.
fn retries(given: &mut Fields<'_, '_>) -> Retries {
    let Some(text) = given.text("retry_count").filter(|text| !text.is_empty()) else {
        return Retries::Idempotent;
    };
    match text.parse::<i64>() {
        Ok(-1) => Retries::Idempotent,
        Ok(times @ 0..=10) => Retries::Fixed { times: u8::try_from(times).unwrap_or(10) },
        _ => {
            let shown = paifang_model::name::shown(text);
            given.complain(
                codes::INVALID_VALUE,
                "retry_count",
                format!("`{shown}` is not a number from -1 to 10"),
            );
            Retries::Idempotent
        }
    }
}

/// The SDK knows neither status nor headers; the console and Terraform do (spec: huawei/api-model.md §5, inferred).
pub(super) fn read_mock(given: &mut Fields<'_, '_>) -> MockBackend {
    given.refuse("authorizer_id", "authorizers are not offered yet");
    let status = given.integer("status_code").map(u16::try_from);
    if matches!(status, Some(Err(_))) {
        given.complain(codes::INVALID_VALUE, "status_code", "it is not a status");
    }
    MockBackend {
        status: status.and_then(Result::ok).unwrap_or(200),
        headers: given.objects("header", |header| MockHeader {
            name: header.required("key").to_owned(),
            value: header.text("value").unwrap_or_default().to_owned(),
        }),
        body: given.text("result_content").unwrap_or_default().to_owned(),
    }
}

/// The type of the backend, the member in which it is shown, and the content type that it is told.
pub(super) fn write(backend: &Backend) -> Map<String, Value> {
    let (kind, member, content_type) = match backend {
        Backend::Http(http) => (BackendType::Http, "backend_api", fixed(&http.content_type)),
        Backend::Mock(_) => (BackendType::Mock, "mock_info", None),
        Backend::Service(_) => (BackendType::Http, "backend_api", None),
    };
    let (kind, shown) = (word(BACKEND_TYPES, Some(kind)), write_settings(backend));
    members(json!({ "backend_type": kind, member: shown, "content_type": content_type }))
}

/// What a backend or a policy shows of its own.
pub(super) fn write_settings(backend: &Backend) -> Map<String, Value> {
    match backend {
        Backend::Http(http) => write_http(http),
        Backend::Mock(mock) => write_mock(mock),
        // APIs that this interface shows have none.
        Backend::Service(_) => Map::new(),
    }
}

fn fixed(rule: &ContentTypeRule) -> Option<&str> {
    match rule {
        ContentTypeRule::Fixed { value } => Some(value),
        ContentTypeRule::Client | ContentTypeRule::Gateway => None,
    }
}

fn write_http(http: &HttpBackend) -> Map<String, Value> {
    let (scheme, url_domain, channel) = match &http.to {
        Destination::Address { url } => {
            let (word, rest) = url.split_once("://").unwrap_or(("http", url));
            (if word == "https" { Scheme::Https } else { Scheme::Http }, Some(rest), None)
        }
        Destination::Access { .. } | Destination::NamedAccess { .. } => (Scheme::Http, None, None),
        Destination::Channel { channel, scheme } => {
            let info = members(json!({ "vpc_channel_id": channel, "vpc_channel_proxy_host": http.host }));
            (*scheme, None, Some(info))
        }
    };
    let times = match http.retries {
        Retries::Idempotent => "-1".to_owned(),
        Retries::Fixed { times } => times.to_string(),
    };
    members(json!({
        "url_domain": url_domain,
        "req_protocol": word(BACKEND_PROTOCOLS, Some(scheme)),
        "req_method": word(BACKEND_METHODS, http.method).unwrap_or("ANY"),
        "req_uri": http.path,
        "timeout": http.timeout_ms,
        "retry_count": times,
        "vpc_channel_status": if channel.is_some() { 1 } else { 2 },
        "vpc_channel_info": channel,
    }))
}

fn write_mock(mock: &MockBackend) -> Map<String, Value> {
    let header = |header: &MockHeader| json!({ "key": header.name, "value": header.value });
    let headers: Vec<Value> = mock.headers.iter().map(header).collect();
    members(json!({
        "result_content": (!mock.body.is_empty()).then_some(&mock.body),
        "status_code": (mock.status != 200).then_some(mock.status),
        "header": (!headers.is_empty()).then_some(headers),
    }))
}
