//! Error codes of six characters in `X-Ca-Error-Code` (spec: aliyun/errors.md §2).

use http::HeaderValue;
use paifang_wire::{Body, Reply};

use crate::dialect::Answer;
use crate::refusal::{LimitKind, Limited, MalformedCredential, Refusal};

type Row = (&'static str, u16, String);

pub(in crate::dialect) fn answer(refusal: &Refusal) -> Row {
    match refusal {
        Refusal::UnknownHost { host } => row("I404DO", 404, format!("Invalid Domain `{host}`")),
        Refusal::BadRequestLine { reason } => {
            row("I400RU", 400, format!("Invalid Request Uri `{}`", inner(reason)))
        }
        Refusal::BadHeader { name, reason } => {
            row("I400HD", 400, format!("Invalid Header `{name}` {reason}"))
        }
        Refusal::BadTarget { reason } => {
            row("I400PA", 400, format!("Invalid Request Path `{}`", inner(reason)))
        }
        Refusal::TargetTooLong | Refusal::HeadersTooLarge => row("I413UL", 413, "Request URL too Large"),
        Refusal::BodyTooLarge => row("I413RL", 413, "Request body too Large"),
        Refusal::UnknownStage { .. } => row("I400SG", 400, "Invalid Stage"),
        Refusal::NoApi { reason } | Refusal::NoMethod { reason } => {
            row("I404NF", 404, format!("API not found {reason}"))
        }
        Refusal::NoApiForPages { method, path } => {
            row("I404CO", 404, format!("Cross origin resource not found {method} - {path}"))
        }
        Refusal::OverTls { status, .. } => row("I403PT", *status, "Invalid protocol HTTP unsupported"),
        Refusal::Misdirected => {
            row("I421MD", 421, "The connection was made for a domain with another TLS policy; open a new one")
        }
        Refusal::ProtocolNotOffered { used, .. } => {
            row("I403PT", 403, format!("Invalid protocol {used} unsupported"))
        }
        Refusal::IntranetOnly => row("A403IN", 403, "Access from internet is disabled"),
        Refusal::OriginKeptOut { origin } => {
            row("A403CO", 403, format!("Cross origin resource forbidden {origin}"))
        }
        Refusal::KeptOutOfGateway | Refusal::AddressKeptOut | Refusal::AppAddressKeptOut => {
            row("A403IP", 403, "Access denied by IP Control Policy")
        }
        Refusal::Limited(limited) => limit(limited),
        Refusal::Busy => row("X503BZ", 503, "Service Busy"),
        Refusal::Internal { .. } => row("X500ER", 500, "Service Internal Error"),
        other => credential(other).or_else(|| parameter(other)).unwrap_or_else(|| backend(other)),
    }
}

fn credential(refusal: &Refusal) -> Option<Row> {
    Some(match refusal {
        Refusal::CredentialMissing | Refusal::AppCodeNeedsTls => {
            row("A400MA", 400, "Need authorization, X-Ca-Key or Authorization APPCODE ... is required")
        }
        Refusal::CredentialMalformed(MalformedCredential::HeaderMissing { name }) => {
            row("I400MH", 400, format!("Header `{name}` is Required"))
        }
        Refusal::CredentialMalformed(MalformedCredential::HeaderInvalid { name, reason }) => {
            row("I400HD", 400, format!("Invalid Header `{name}` {reason}"))
        }
        Refusal::CredentialMalformed(MalformedCredential::KeyEmpty) | Refusal::KeyUnknown { .. } => {
            row("A400IK", 400, "Invalid AppKey")
        }
        Refusal::AppCodeUnknown => row("A400AC", 400, "Invalid AppCode `not exists`"),
        Refusal::TimeExpired { .. } => row("S403TE", 403, "X-Ca-Timestamp is expired"),
        Refusal::SignatureMismatch { string_to_sign } => {
            row("A403IS", 403, format!("Invalid Signature, Server StringToSign:`{string_to_sign}`"))
        }
        Refusal::DigestMismatch { reason } => row("I400I5", 400, format!("Invalid Content-MD5 {reason}")),
        Refusal::NonceMissing => row("I400NC", 400, "X-Ca-Nonce is required"),
        Refusal::NonceUsed => row("S403NU", 403, "Nonce Used"),
        // This dialect has no words for lists of accounts, apps that are kept out and frozen ones.
        Refusal::NotGranted | Refusal::AccountKeptOut | Refusal::AppKeptOut | Refusal::AppFrozen => {
            row("I403AA", 403, "Unauthorized")
        }
        Refusal::GrantExpired => row("A403EP", 403, "App authorization expired"),
        _ => return None,
    })
}

fn parameter(refusal: &Refusal) -> Option<Row> {
    Some(match refusal {
        Refusal::ParameterMissing { name } => row("I400MP", 400, format!("Parameter `{name}` is required")),
        Refusal::ParameterInvalid { name, reason } => {
            row("I400IP", 400, format!("Invalid parameter `{name}` {reason}"))
        }
        Refusal::BadBody { reason } => row("I400BD", 400, format!("Invalid Body: {reason}")),
        Refusal::BadContentType { reason } => {
            row("I400CT", 400, format!("Invalid Content-Type: `{}`", inner(reason)))
        }
        Refusal::ClientBroken => row("I400BD", 400, "Invalid Body: it did not arrive completely"),
        _ => return None,
    })
}

fn backend(refusal: &Refusal) -> Row {
    match refusal {
        Refusal::NameNotResolved { host } => {
            row("D504RE", 504, format!("Backend domain `{host}` resolve failed"))
        }
        Refusal::AddressRefused { host, address } => {
            row("D504IL", 504, format!("Backend domain `{host}` resolve to illegal address `{address}`"))
        }
        Refusal::Unresolved { reason } => row("I404SR", 404, format!("Stage route missing: {reason}")),
        Refusal::BackendMissing { .. } => row("X504VE", 504, "Backend service vpc mapped failed"),
        Refusal::NoMember => row("D504CO", 504, "Backend service connect failed `no member takes calls`"),
        Refusal::ConnectFailed { reason } => {
            row("D504CO", 504, format!("Backend service connect failed `{}`", inner(reason)))
        }
        Refusal::TlsFailed { reason } => {
            row("D504CS", 504, format!("Backend http ssl connect failed `{}`", inner(reason)))
        }
        Refusal::BackendTimeout => row("D504TO", 504, "Backend service request timeout"),
        Refusal::BackendBroken { reason } => {
            row("N502RE", 502, format!("Response transfer failed `{}`", inner(reason)))
        }
        Refusal::CallsItself { .. } => row("I508LD", 508, "Loop Detected"),
        _ => row("X500ER", 500, "Service Internal Error"),
    }
}

fn limit(limited: &Limited) -> Row {
    if limited.what == LimitKind::AppQuota {
        return row("T429MR", 429, "Too Many Requests, throttle by app quota");
    }
    if limited.by_policy {
        return row("T429PR", 429, "Throttled by PLUGIN Flow Control");
    }
    match limited.what {
        LimitKind::Subdomain => {
            let (host, limit) = (&limited.host, limited.limit);
            let message = format!(
                "Throttled by INNER DOMAIN Flow Control, {host} is a test domain, only {limit} requests per day"
            );
            row("T429ID", 429, message)
        }
        LimitKind::Group => row("T429GR", 429, "Throttled by GROUP Flow Control"),
        LimitKind::AllStages
        | LimitKind::Api
        | LimitKind::User
        | LimitKind::App
        | LimitKind::AppQuota
        | LimitKind::Rule
        | LimitKind::Otherwise => row("T429PA", 429, "Throttled by API Flow Control"),
        LimitKind::Address => row("T429MR", 429, "Too Many Requests, throttle by client address"),
    }
}

/// A reason that stands between backquotes has none of its own.
fn inner(reason: &str) -> String {
    reason.replace('`', "'")
}

fn row(code: &'static str, status: u16, message: impl Into<String>) -> Row {
    (code, status, message.into())
}

/// Clients read the reason from the header alone; a JSON content type would make them parse the empty body.
pub(in crate::dialect) fn reply(answer: &Answer) -> Reply {
    let mut reply = Reply::new(answer.status, Body::empty());
    let headers = &mut reply.head.headers;
    headers.insert("x-ca-error-code", HeaderValue::from_static(answer.code));
    headers.insert("x-ca-error-message", one_line(&answer.message));
    reply
}

/// UTF-8 goes out as octets; control characters cannot stand in a header.
fn one_line(message: &str) -> HeaderValue {
    let bytes: Vec<u8> =
        message.bytes().map(|byte| if byte.is_ascii_control() { b'#' } else { byte }).collect();
    HeaderValue::from_bytes(&bytes).unwrap_or_else(|_| HeaderValue::from_static("error"))
}
