//! The signature in `X-Ca-*` headers (spec: aliyun/calling.md §4).

use std::sync::Arc;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue};
use paifang_model::definition::SignatureMethod;
use paifang_sign::alibaba::{self, Credential, CredentialError, TimestampError, client};
use paifang_sign::{Algorithm, Parts};

use super::credential::{key, parts};
use super::digest::{Digest, Wanted};
use super::signed::SignedHead;
use crate::exchange::Exchange;
use crate::limits::{Cluster, Key};
use crate::nonces::FirstUse;
use crate::refusal::{MalformedCredential, Refusal};
use crate::shared::Shared;
use crate::snapshot::{Auth, KeyEntry, Route, Snapshot};

/// How long a nonce is remembered after the time of its call, and how far a call's time may be from ours.
const WINDOW_MS: i64 = 15 * 60 * 1000;

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// What the headers claim.
pub(super) struct CaClaim<'e> {
    pub(super) credential: Credential<'e>,
    pub(super) key: Arc<KeyEntry>,
    pub(super) needs_body: bool,
    pub(super) digest: Option<Wanted>,
}

pub(super) fn claim<'e>(
    snapshot: &Snapshot,
    route: &Route,
    exchange: &'e Exchange,
) -> Result<CaClaim<'e>, Refusal> {
    let credential = parse(exchange)?;
    let key = Arc::clone(key(snapshot, credential.key)?);
    check_method(route, &credential)?;
    check_time(exchange, &credential)?;
    let digest = exchange.head.headers.contains(CONTENT_MD5).then_some(Wanted::Md5);
    let covers_body = is_form(exchange) || digest.is_some();
    let needs_body = covers_body && exchange.body.bytes().is_none();
    Ok(CaClaim { credential, key, needs_body, digest })
}

/// Reads the credential from the headers themselves, which outlive the view that signatures look through.
fn parse(exchange: &Exchange) -> Result<Credential<'_>, Refusal> {
    use MalformedCredential::{HeaderInvalid, HeaderMissing, KeyEmpty};
    let headers = &exchange.head.headers;
    Credential::read(|name| headers.get(name).map(HeaderValue::as_bytes)).map_err(|error| {
        Refusal::CredentialMalformed(match error {
            CredentialError::MissingKey => KeyEmpty,
            CredentialError::MissingSignature => HeaderMissing { name: "X-Ca-Signature" },
            CredentialError::UnknownAlgorithm { value } => {
                let reason = format!("`{}` is not supported", paifang_model::name::shown(&value));
                HeaderInvalid { name: "X-Ca-Signature-Method", reason }
            }
            CredentialError::TooManySignedHeaders { count } => HeaderInvalid {
                name: "X-Ca-Signature-Headers",
                reason: format!("names {count} headers, too many"),
            },
            CredentialError::NotText { name } => HeaderInvalid { name, reason: "is not UTF-8".to_owned() },
        })
    })
}

fn check_method(route: &Route, credential: &Credential<'_>) -> Result<(), Refusal> {
    let method = match credential.algorithm {
        Algorithm::HmacSha256 => SignatureMethod::HmacSha256,
        Algorithm::HmacSha1 => SignatureMethod::HmacSha1,
    };
    if route.auth.accepts(method) {
        return Ok(());
    }
    Err(Refusal::CredentialMalformed(MalformedCredential::HeaderInvalid {
        name: "X-Ca-Signature-Method",
        reason: "HmacSHA1 is not allowed for this API".to_owned(),
    }))
}

fn check_time(exchange: &Exchange, credential: &Credential<'_>) -> Result<(), Refusal> {
    credential.check_timestamp(exchange.started_ms).map_err(|error| match error {
        TimestampError::Invalid { .. } => Refusal::CredentialMalformed(MalformedCredential::HeaderInvalid {
            name: "X-Ca-Timestamp",
            reason: "is not a number of milliseconds".to_owned(),
        }),
        TimestampError::Expired(_) => Refusal::TimeExpired {
            sent: credential.timestamp.unwrap_or_default().to_owned(),
            now: exchange.started_ms.to_string(),
        },
    })
}

/// A nonce that is not signed could be replaced by anyone, so it does not count where one is asked for.
fn check_nonce_is_there(route: &Route, credential: &Credential<'_>) -> Result<(), Refusal> {
    let Auth::App { nonce_required: true, .. } = route.auth else { return Ok(()) };
    if credential.nonce.is_some() && credential.signed_headers.covers("x-ca-nonce") {
        return Ok(());
    }
    Err(Refusal::NonceMissing)
}

/// Signature, digest, nonce: the nonce is kept only after the signature was verified. Other nodes may have seen it.
pub(super) fn prove(
    shared: &Shared,
    route: &Route,
    exchange: &Exchange,
    claim: &CaClaim<'_>,
) -> Result<Option<Nonce>, Refusal> {
    let head = SignedHead(&exchange.head);
    let body = exchange.body.bytes().map(AsRef::as_ref).unwrap_or_default();
    let mut parts = parts(exchange, &head);
    if is_form(exchange) {
        parts = parts.with_form(body);
    }
    check_signature(&parts, claim)?;
    check_digest(exchange, body)?;
    check_nonce_is_there(route, &claim.credential)?;
    check_nonce(shared, route, exchange, &claim.credential)
}

fn check_signature(parts: &Parts<'_, SignedHead<'_>>, claim: &CaClaim<'_>) -> Result<(), Refusal> {
    match client::verify(parts, &claim.credential, &claim.key.signing) {
        Ok(_) => Ok(()),
        Err(client::Mismatch::TooManyParameters(_)) => {
            Err(Refusal::BadTarget { reason: "too many parameters to sign".to_owned() })
        }
        Err(client::Mismatch::Signature) => {
            let text = client::string_to_sign(parts, &claim.credential.signed_headers).unwrap_or_default();
            Err(Refusal::SignatureMismatch { string_to_sign: alibaba::printable(&text) })
        }
    }
}

fn check_digest(exchange: &Exchange, body: &[u8]) -> Result<(), Refusal> {
    let Some(sent) = exchange.head.headers.get(CONTENT_MD5) else { return Ok(()) };
    if sent.is_empty() {
        return Ok(());
    }
    if body.is_empty() {
        return Err(Refusal::DigestMismatch { reason: "the body is empty".into() });
    }
    let computed = match &exchange.digest {
        Some(Digest::Md5(computed)) => computed.clone(),
        _ => alibaba::content_md5(body),
    };
    if sent.as_bytes() == computed.as_bytes() {
        return Ok(());
    }
    Err(Refusal::DigestMismatch { reason: format!("the body has {computed}").into() })
}

fn check_nonce(
    shared: &Shared,
    route: &Route,
    exchange: &Exchange,
    credential: &Credential<'_>,
) -> Result<Option<Nonce>, Refusal> {
    let Some(nonce) = credential.nonce else { return Ok(None) };
    let signed_ms = credential.timestamp_ms().ok().flatten().unwrap_or(exchange.started_ms);
    let key = Key::of(&[credential.key.as_bytes(), route.api.0.as_bytes(), nonce.as_bytes()]);
    let expires_at_ms = signed_ms + WINDOW_MS;
    match shared.nonces.first_use(key, expires_at_ms, exchange.started_ms) {
        FirstUse::First => Ok(Some(Nonce { key, expires_at_ms })),
        FirstUse::Seen => Err(Refusal::NonceUsed),
        FirstUse::Full => Err(Refusal::Busy),
    }
}

/// A nonce that this node had not seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nonce {
    key: Key,
    expires_at_ms: i64,
}

impl Nonce {
    /// Whether no other node has seen it either; they know it from now on.
    pub(crate) async fn is_first_use(self, cluster: &Cluster, now_ms: i64) -> bool {
        cluster.is_first_use(self.key, self.expires_at_ms.saturating_sub(now_ms)).await
    }
}

fn is_form(exchange: &Exchange) -> bool {
    exchange.head.headers.get(CONTENT_TYPE).is_some_and(|value| alibaba::is_form(value.as_bytes()))
}
