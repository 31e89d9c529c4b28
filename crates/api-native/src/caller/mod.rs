//! Who asks: a browser's session, or the signature of an access key. It is found out before any handler, and each
//! handler that needs to know takes a [`Caller`].

mod cookie;
mod session;
mod sessions;
mod signature;

pub(crate) use cookie::COOKIE;
pub(crate) use cookie::{clear as clear_cookie, set as set_cookie};
pub(crate) use sessions::{Session, Sessions};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use paifang_control::{Context, Principal};

use crate::problem::{Kind, Problem};
use crate::state::NativeState;

/// Somebody known, ready to act.
pub(crate) struct Caller(pub(crate) Context);

/// Who asks, or why that is not known.
#[derive(Clone)]
pub(crate) struct Identity(Result<Known, Problem>);

/// Somebody known, and by what.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) principal: Principal,
    pub(crate) session: Option<Session>,
}

/// Finds out who asks. A request without credentials goes on: some routes need none.
pub(crate) async fn identify(State(state): State<NativeState>, request: Request, next: Next) -> Response {
    let (mut request, known) = if request.headers().contains_key(AUTHORIZATION) {
        signature::check(&state, request).await
    } else {
        let known = match cookie::token(request.headers()) {
            Some(token) => session::check(&state, request.method(), request.headers(), token).await,
            None => {
                Err(Problem::unauthenticated("sign in for a session, or sign the request with an access key"))
            }
        };
        (request, known)
    };
    request.extensions_mut().insert(Identity(known));
    next.run(request).await
}

impl FromRequestParts<NativeState> for Known {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &NativeState) -> Result<Self, Problem> {
        let identity = parts.extensions.get::<Identity>().cloned();
        identity.map_or_else(
            || Err(Problem::new(Kind::Internal, "nobody asked who calls")),
            |identity| identity.0,
        )
    }
}

impl FromRequestParts<NativeState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &NativeState) -> Result<Self, Problem> {
        let known = Known::from_request_parts(parts, state).await?;
        let control = state.control().acting_as(known.principal);
        let Some(manifest) = parts.headers.get(crate::manifest::HEADER) else { return Ok(Self(control)) };
        let name = String::from_utf8_lossy(manifest.as_bytes());
        Ok(Self(control.for_manifest(name)))
    }
}
