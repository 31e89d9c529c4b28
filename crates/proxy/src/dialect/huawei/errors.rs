//! Error codes in a JSON body (spec: huawei/errors.md, huawei/gateway-responses.md).

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use paifang_wire::{Body, Reply};

use crate::dialect::Answer;
use crate::refusal::{LimitKind, Limited, MalformedCredential, Refusal};
use crate::request_id::RequestId;

type Row = (&'static str, u16, String);

const APP: &str = "Incorrect app authentication information";

pub(in crate::dialect) fn answer(refusal: &Refusal) -> Row {
    match refusal {
        Refusal::UnknownHost { .. }
        | Refusal::UnknownStage { .. }
        | Refusal::NoApi { .. }
        | Refusal::NoApiForPages { .. } => {
            row("APIG.0101", 404, "The API does not exist or has not been published in the environment.")
        }
        Refusal::NoMethod { .. } => row("APIG.0101", 404, "The API does not exist."),
        Refusal::TargetTooLong => row("APIG.0201", 414, "Request URI too large."),
        Refusal::HeadersTooLarge => row("APIG.0201", 494, "Request headers too large."),
        Refusal::BodyTooLarge => row("APIG.0201", 413, "Request entity too large."),
        Refusal::OverTls { status, .. } => {
            row("APIG.0607", *status, "The following protocol is supported: HTTPS")
        }
        Refusal::Misdirected => row(
            "APIG.0201",
            421,
            "The connection was made for a domain with another TLS policy; open a new one.",
        ),
        Refusal::ProtocolNotOffered { offered, .. } => {
            row("APIG.0607", 400, format!("The following protocol is supported: {offered}"))
        }
        Refusal::IntranetOnly | Refusal::KeptOutOfGateway | Refusal::AddressKeptOut => {
            row("APIG.0402", 403, "The IP address is not authorized to access the API.")
        }
        // No policy of this dialect names origins yet.
        Refusal::OriginKeptOut { .. } => row("APIG.0201", 403, "API request error."),
        Refusal::AppFrozen => row("APIG.0502", 405, "The app has been frozen."),
        Refusal::AppAddressKeptOut => {
            row("APIG.0405", 403, "The app is not accessed from a trusted IP address.")
        }
        Refusal::AccountKeptOut => row("APIG.0302", 403, "The IAM user is not authorized to access the API."),
        Refusal::BadRequestLine { .. }
        | Refusal::BadHeader { .. }
        | Refusal::BadTarget { .. }
        | Refusal::ParameterMissing { .. }
        | Refusal::ParameterInvalid { .. }
        | Refusal::BadBody { .. }
        | Refusal::BadContentType { .. }
        | Refusal::ClientBroken => row("APIG.0201", 400, "API request error."),
        Refusal::NotGranted | Refusal::GrantExpired | Refusal::AppKeptOut => {
            row("APIG.0304", 403, "The app is not authorized to access the API.")
        }
        Refusal::Limited(limited) => limit(limited),
        other => credential(other).unwrap_or_else(|| backend(other)),
    }
}

/// The base text, and after a colon the detail where there is one.
fn credential(refusal: &Refusal) -> Option<Row> {
    let detail = match refusal {
        Refusal::CredentialMissing | Refusal::AppCodeUnknown | Refusal::AppCodeNeedsTls => {
            return Some(row("APIG.0303", 401, format!("{APP}.")));
        }
        Refusal::CredentialMalformed(MalformedCredential::KeyEmpty) => {
            "Access or Credential is empty in Authorization".to_owned()
        }
        Refusal::CredentialMalformed(MalformedCredential::HeaderMissing { name }) => {
            format!("{name} not found")
        }
        Refusal::CredentialMalformed(MalformedCredential::HeaderInvalid { name, reason }) => {
            format!("{name} {reason}")
        }
        Refusal::KeyUnknown { key } => format!("app not found, appkey {key}"),
        Refusal::TimeExpired { sent, now } => {
            format!("signature expired, signature time:{sent},server time:{now}")
        }
        Refusal::SignatureMismatch { .. } | Refusal::DigestMismatch { .. } => {
            "verify signature fail".to_owned()
        }
        Refusal::NonceMissing => "nonce not found".to_owned(),
        Refusal::NonceUsed => "nonce used".to_owned(),
        _ => return None,
    };
    Some(row("APIG.0303", 401, format!("{APP}: {detail}")))
}

fn backend(refusal: &Refusal) -> Row {
    match refusal {
        Refusal::NameNotResolved { .. } => row("APIG.0605", 500, "Domain name resolution failed."),
        Refusal::CallsItself { .. } => row("APIG.0612", 500, "An API cannot call itself."),
        Refusal::AddressRefused { .. } => {
            row("APIG.0404", 403, "Access to the backend IP address has been denied.")
        }
        // Which code the vendor has for it is not published; this one says what is wrong.
        Refusal::Unresolved { .. } => row("APIG.0105", 500, "The backend configurations do not exist."),
        Refusal::BackendMissing { .. } => row("APIG.0609", 500, "The VPC backend does not exist."),
        Refusal::SigningFailed { .. } => row("APIG.0705", 500, "Backend signature calculation failed."),
        Refusal::NoMember => row("APIG.0610", 502, "No backend available."),
        Refusal::ConnectFailed { .. } | Refusal::TlsFailed { .. } | Refusal::BackendBroken { .. } => {
            row("APIG.0201", 502, "Backend unavailable.")
        }
        Refusal::BackendTimeout => row("APIG.0201", 504, "Backend timeout."),
        Refusal::Busy => row("APIG.0601", 503, "Service unavailable"),
        _ => row("APIG.0601", 500, "Internal server error."),
    }
}

fn limit(limited: &Limited) -> Row {
    let what = match limited.what {
        LimitKind::AppQuota => return row("APIG.0501", 405, "The app quota has been used up."),
        LimitKind::Subdomain => "domain",
        LimitKind::Group => "group",
        LimitKind::AllStages | LimitKind::Api | LimitKind::Rule | LimitKind::Otherwise => "api",
        LimitKind::User => "user",
        LimitKind::App => "app",
        LimitKind::Address => "ip",
    };
    let message = format!(
        "The throttling threshold has been reached: policy {what} over ratelimit,limit:{},time:{}",
        limited.limit, limited.period
    );
    row("APIG.0308", 429, message)
}

fn row(code: &'static str, status: u16, message: impl Into<String>) -> Row {
    (code, status, message.into())
}

pub(in crate::dialect) fn reply(answer: &Answer, id: RequestId) -> Reply {
    let plain = id.plain();
    let body = serde_json::json!({
        "error_code": answer.code,
        "error_msg": answer.message,
        "request_id": std::str::from_utf8(&plain).unwrap_or_default(),
    });
    let mut reply = Reply::new(answer.status, Body::full(body.to_string()));
    reply.head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    reply
}
