//! Recognises how a call says who makes it: a code, or either kind of signature, in any group.

use std::sync::Arc;

use http::HeaderName;
use paifang_model::id::AppId;

use super::ca::{self, CaClaim};
use super::digest::Wanted;
use super::sdk::{self, SdkClaim};
use super::{app_code, signed::SignedHead};
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::snapshot::{KeyEntry, Route, Snapshot};

const KEY: HeaderName = HeaderName::from_static("x-ca-key");
const SIGNATURE: HeaderName = HeaderName::from_static("x-ca-signature");

/// Who a call says makes it; not proved yet, except for a code.
#[expect(clippy::large_enum_variant, reason = "lives on the stack for a moment")]
pub(super) enum Claim<'e> {
    /// A code, which is its own proof.
    Code {
        /// The app.
        app: AppId,
    },
    /// A signature in `X-Ca-*` headers.
    Ca(CaClaim<'e>),
    /// A signature in an `SDK-HMAC-SHA256` authorization.
    Sdk(SdkClaim<'e>),
}

impl Claim<'_> {
    /// The app that it names.
    pub(super) fn app(&self) -> AppId {
        match self {
            Self::Code { app } => *app,
            Self::Ca(claim) => claim.key.app,
            Self::Sdk(claim) => claim.key.app,
        }
    }

    /// The key that it names.
    pub(super) fn key(&self) -> Option<&str> {
        match self {
            Self::Code { .. } => None,
            Self::Ca(claim) => Some(claim.credential.key),
            Self::Sdk(claim) => Some(claim.authorization.access),
        }
    }

    /// The digest of the body that the proof compares, once the body is in memory.
    pub(super) fn digest(&self) -> Option<Wanted> {
        match self {
            Self::Code { .. } => None,
            Self::Ca(claim) => claim.digest,
            Self::Sdk(_) => Some(Wanted::Sha256),
        }
    }

    /// Whether the proof needs the body, which is not in memory yet.
    pub(super) fn needs_body(&self) -> bool {
        match self {
            Self::Code { .. } => false,
            Self::Ca(claim) => claim.needs_body,
            Self::Sdk(claim) => claim.needs_body,
        }
    }
}

/// What the head of a call claims, checked as far as the head alone allows: credential, key, time.
pub(super) fn claim<'e>(
    snapshot: &Snapshot,
    route: &Route,
    exchange: &'e Exchange,
) -> Result<Claim<'e>, Refusal> {
    if let Some(app) = app_code::find(snapshot, route, exchange)? {
        return Ok(Claim::Code { app });
    }
    let headers = &exchange.head.headers;
    let authorization = headers.get(http::header::AUTHORIZATION).map(http::HeaderValue::as_bytes);
    if authorization.is_some_and(|value| value.starts_with(b"SDK-HMAC-SHA256")) {
        return sdk::claim(snapshot, exchange).map(Claim::Sdk);
    }
    if headers.contains(KEY) || headers.contains(SIGNATURE) {
        return ca::claim(snapshot, route, exchange).map(Claim::Ca);
    }
    Err(Refusal::CredentialMissing)
}

/// The key of a signature.
pub(super) fn key<'s>(snapshot: &'s Snapshot, key: &str) -> Result<&'s Arc<KeyEntry>, Refusal> {
    snapshot.key(key).ok_or_else(|| Refusal::KeyUnknown { key: paifang_model::name::shown(key) })
}

/// The request as signatures see it.
pub(super) fn parts<'e>(
    exchange: &'e Exchange,
    head: &'e SignedHead<'e>,
) -> paifang_sign::Parts<'e, SignedHead<'e>> {
    paifang_sign::Parts::new(exchange.head.method.as_str(), exchange.head.target.as_str(), head)
}
