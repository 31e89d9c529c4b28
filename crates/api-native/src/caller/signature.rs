//! Knows a caller by the signature of an access key: `SDK-HMAC-SHA256` over method, path, query, headers and body.
//! What can be refused without the body is refused before it is read.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use paifang_control::Principal;
use paifang_model::Secret;
use paifang_sign::huawei::{self as sdk, BodyHash, Declared};
use paifang_sign::{Authorization, SigningKey};

use super::Known;
use crate::ask::collect;
use crate::problem::Problem;
use crate::state::NativeState;

/// Who signed. The request comes back with its body, which had to be read.
pub(super) async fn check(state: &NativeState, request: Request) -> (Request, Result<Known, Problem>) {
    let (mut parts, body) = request.into_parts();
    add_host(&mut parts);
    let (body, known) = match claim(state, &parts).await {
        Err(problem) => (body, Err(problem)),
        Ok((secret, principal)) => match collect(&parts.headers, body).await {
            Err(problem) => (Body::empty(), Err(problem)),
            Ok(bytes) => {
                let verified = verify(&parts, &bytes, &secret);
                (Body::from(bytes), verified.map(|()| Known { principal, session: None }))
            }
        },
    };
    (Request::from_parts(parts, body), known)
}

/// Who the request says signed it, in time.
async fn claim(state: &NativeState, parts: &Parts) -> Result<(Secret, Principal), Problem> {
    let authorization = authorization(&parts.headers)?;
    sdk::check_date(&seen(parts), &authorization, state.now())
        .map_err(|error| Problem::unauthenticated(error.to_string()))?;
    let known = state.control().access_key(authorization.access).await?;
    known.ok_or_else(|| {
        let access = paifang_model::name::shown(authorization.access);
        Problem::unauthenticated(format!(
            "the access key `{access}` is not known, or it or its user is disabled"
        ))
    })
}

fn verify(parts: &Parts, body: &[u8], secret: &Secret) -> Result<(), Problem> {
    if Declared::of(&parts.headers) == Declared::Unsigned {
        return Err(Problem::unauthenticated(
            "UNSIGNED-PAYLOAD is not accepted: the signature must cover the body",
        ));
    }
    let authorization = authorization(&parts.headers)?;
    let hash = if body.is_empty() { BodyHash::Empty } else { BodyHash::Computed(paifang_sign::sha256(body)) };
    let key = SigningKey::new(secret.expose().as_bytes());
    sdk::verify(&seen(parts), &authorization, hash, &key)
        .map_err(|error| Problem::unauthenticated(error.to_string()))
}

fn authorization(headers: &HeaderMap) -> Result<Authorization<'_>, Problem> {
    sdk::parse_authorization(headers.get(AUTHORIZATION).map(HeaderValue::as_bytes))
        .map_err(|error| Problem::unauthenticated(error.to_string()))
}

fn seen(parts: &Parts) -> paifang_sign::Parts<'_, HeaderMap> {
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    paifang_sign::Parts::new(parts.method.as_str(), target, &parts.headers)
}

/// HTTP/2 has the host in `:authority`, and clients sign it as `host`.
fn add_host(parts: &mut Parts) {
    if let Some(authority) = parts.uri.authority()
        && !parts.headers.contains_key(HOST)
        && let Ok(host) = HeaderValue::from_str(authority.as_str())
    {
        parts.headers.insert(HOST, host);
    }
}
