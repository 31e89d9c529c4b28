//! The signature of `Authorization: SDK-HMAC-SHA256` (spec: huawei/calling.md §4).

use std::sync::Arc;

use http::header::AUTHORIZATION;
use paifang_sign::huawei::{self, BodyHash, DateError, Declared, Mismatch};
use paifang_sign::{Authorization, AuthorizationError};

use super::credential::{key, parts};
use super::digest::Digest;
use super::signed::SignedHead;
use crate::exchange::Exchange;
use crate::refusal::{MalformedCredential, Refusal};
use crate::snapshot::{KeyEntry, Snapshot};

/// What the header claims.
pub(super) struct SdkClaim<'e> {
    pub(super) authorization: Authorization<'e>,
    pub(super) key: Arc<KeyEntry>,
    pub(super) needs_body: bool,
}

pub(super) fn claim<'e>(snapshot: &Snapshot, exchange: &'e Exchange) -> Result<SdkClaim<'e>, Refusal> {
    let value = exchange.head.headers.get(AUTHORIZATION).map(http::HeaderValue::as_bytes);
    let authorization = huawei::parse_authorization(value).map_err(malformed)?;
    let key = Arc::clone(key(snapshot, authorization.access)?);
    check_date(exchange, &authorization)?;
    let unsigned = matches!(Declared::of(&SignedHead(&exchange.head)), Declared::Unsigned);
    let needs_body = !unsigned && exchange.body.bytes().is_none();
    Ok(SdkClaim { authorization, key, needs_body })
}

fn malformed(error: AuthorizationError) -> Refusal {
    match error {
        AuthorizationError::Missing | AuthorizationError::OtherScheme { .. } => Refusal::CredentialMissing,
        AuthorizationError::EmptyAccess => Refusal::CredentialMalformed(MalformedCredential::KeyEmpty),
        AuthorizationError::Malformed { part, grammar } => {
            invalid("Authorization", format!("is malformed: {part} is missing or not as `{grammar}`"))
        }
        AuthorizationError::TooManySignedHeaders { count } => {
            invalid("Authorization", format!("names {count} signed headers, too many"))
        }
        AuthorizationError::RepeatedHeader { name } => {
            let name = paifang_model::name::shown(&name);
            invalid("Authorization", format!("names the signed header {name} twice"))
        }
    }
}

fn invalid(name: &'static str, reason: String) -> Refusal {
    Refusal::CredentialMalformed(MalformedCredential::HeaderInvalid { name, reason })
}

fn check_date(exchange: &Exchange, authorization: &Authorization<'_>) -> Result<(), Refusal> {
    let head = SignedHead(&exchange.head);
    let parts = parts(exchange, &head);
    huawei::check_date(&parts, authorization, exchange.started_ms).map_err(|error| match error {
        DateError::Missing => {
            Refusal::CredentialMalformed(MalformedCredential::HeaderMissing { name: "X-Sdk-Date" })
        }
        DateError::Expired(window) => Refusal::TimeExpired {
            sent: huawei::format_date(window.signed_unix_ms.div_euclid(1000)),
            now: huawei::format_date(window.now_unix_ms.div_euclid(1000)),
        },
        DateError::Unsigned => invalid("X-Sdk-Date", "is not signed".to_owned()),
        DateError::Invalid { .. } => invalid("X-Sdk-Date", "is not of the form YYYYMMDDThhmmssZ".to_owned()),
    })
}

pub(super) fn prove(exchange: &Exchange, claim: &SdkClaim<'_>) -> Result<(), Refusal> {
    let head = SignedHead(&exchange.head);
    let parts = parts(exchange, &head);
    let hash = body_hash(exchange, &head);
    huawei::verify(&parts, &claim.authorization, hash, &claim.key.signing).map_err(|error| match error {
        Mismatch::Body => Refusal::DigestMismatch { reason: "X-Sdk-Content-Sha256 is not the body's".into() },
        Mismatch::NoDate | Mismatch::HeaderMissing { .. } | Mismatch::Signature => {
            Refusal::SignatureMismatch { string_to_sign: String::new() }
        }
        Mismatch::TooManyParameters(_) => {
            Refusal::BadTarget { reason: "too many parameters to sign".to_owned() }
        }
    })
}

fn body_hash<'e>(exchange: &'e Exchange, head: &SignedHead<'e>) -> BodyHash<'e> {
    match (exchange.body.bytes(), Declared::of(head)) {
        (_, Declared::Unsigned) => BodyHash::Unsigned,
        (Some(bytes), _) if !bytes.is_empty() => BodyHash::Computed(match &exchange.digest {
            Some(Digest::Sha256(computed)) => *computed,
            _ => paifang_sign::sha256(bytes),
        }),
        _ => BodyHash::Empty,
    }
}
