//! Knows a caller by the signature of an access key, as the vendor's SDK makes it. What can be refused without the body
//! is refused before it is read. Spec: huawei/management-api.md.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use paifang_control::Principal;
use paifang_model::Secret;
use paifang_sign::huawei::{self as sdk, BodyHash, Declared};
use paifang_sign::{Authorization, SigningKey};

use crate::BODY_AT_MOST;
use crate::fault::{Fault, codes};
use crate::state::HuaweiState;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// Who asks, and the body, which had to be read.
pub(crate) async fn check(
    state: &HuaweiState,
    parts: &Parts,
    body: Body,
) -> Result<(Principal, Bytes), Fault> {
    let headers = with_host(parts);
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let seen = paifang_sign::Parts::new(parts.method.as_str(), target, &headers);
    let authorization = authorization(&headers)?;
    sdk::check_date(&seen, &authorization, state.now()).map_err(wrong)?;
    let declared = Declared::of(&headers);
    if declared == Declared::Unsigned && !is_multipart(&headers) {
        return Err(wrong("UNSIGNED-PAYLOAD is for multipart bodies; sign the body"));
    }
    let (secret, principal) = known(state, &authorization).await?;
    let bytes = collect(body).await?;
    let hash = match declared {
        _ if bytes.is_empty() => BodyHash::Empty,
        Declared::Unsigned => BodyHash::Unsigned,
        _ => BodyHash::Computed(paifang_sign::sha256(&bytes)),
    };
    let key = SigningKey::new(secret.expose().as_bytes());
    sdk::verify(&seen, &authorization, hash, &key)
        .map_err(|mismatch| wrong(format!("verify aksk signature fail: {mismatch}")))?;
    Ok((principal, bytes))
}

fn authorization(headers: &HeaderMap) -> Result<Authorization<'_>, Fault> {
    let given = headers.get(AUTHORIZATION).map(HeaderValue::as_bytes);
    if given.is_none() {
        return Err(match headers.contains_key("x-auth-token") {
            true => codes::WRONG_TOKEN.with("tokens are not offered yet; sign with an access key"),
            false => codes::NO_TOKEN.with("sign the request with an access key (SDK-HMAC-SHA256)"),
        });
    }
    sdk::parse_authorization(given).map_err(wrong)
}

async fn known(state: &HuaweiState, authorization: &Authorization<'_>) -> Result<(Secret, Principal), Fault> {
    let known = state.control().access_key(authorization.access).await?;
    known.ok_or_else(|| {
        let access = paifang_model::name::shown(authorization.access);
        wrong(format!("the access key `{access}` does not exist, or it or its user is disabled"))
    })
}

fn wrong(why: impl std::fmt::Display) -> Fault {
    codes::WRONG_SIGNATURE.saying(format!("{}: {why}", codes::WRONG_SIGNATURE.sentence()))
}

/// HTTP/2 has the host in `:authority`, and clients sign it as `host`.
fn with_host(parts: &Parts) -> HeaderMap {
    let mut headers = parts.headers.clone();
    if let Some(authority) = parts.uri.authority()
        && !headers.contains_key(HOST)
        && let Ok(host) = HeaderValue::from_str(authority.as_str())
    {
        headers.insert(HOST, host);
    }
    headers
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.to_ascii_lowercase().starts_with("multipart/form-data")
}

async fn collect(body: Body) -> Result<Bytes, Fault> {
    let collected = tokio::time::timeout(PATIENCE, Limited::new(body, BODY_AT_MOST).collect()).await;
    let slow = |_| format!("the body did not arrive within {} s", PATIENCE.as_secs());
    match collected.map_err(|late| codes::PARAMETER_ERROR.with(slow(late)))? {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(codes::PARAMETER_ERROR.with(format!("a body has at most {BODY_AT_MOST} bytes")))
        }
        Err(error) => Err(codes::PARAMETER_ERROR.with(format!("the body broke off: {error}"))),
    }
}
