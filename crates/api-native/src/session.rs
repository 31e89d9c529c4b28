//! `/session`: signing in and out with name and password, and who one is.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use paifang_control::Principal;
use paifang_model::id::{AccountId, UserId};
use paifang_model::{Role, Secret};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::ask::Sent;
use crate::caller::{Known, Session, clear_cookie, set_cookie};
use crate::state::{NativeState, Peer};

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(read_session, sign_in, sign_out))
}

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignIn {
    /// The user's name.
    name: String,
    /// The user's password.
    #[schema(value_type = String)]
    password: Secret,
}

/// Who calls.
#[derive(Serialize, ToSchema)]
struct WhoAmI {
    /// The user.
    user: UserId,
    /// Its name.
    name: String,
    /// What it may do.
    role: Role,
    /// The account it belongs to.
    account: AccountId,
    /// The value of `X-CSRF-Token` that changes in this session need; absent for signed calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    csrf_token: Option<String>,
    /// When the session ends at the latest, in milliseconds since 1970; absent for signed calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<i64>,
}

impl WhoAmI {
    fn of(principal: Principal, session: Option<&Session>) -> Self {
        let Principal { user, name, role, account } = principal;
        let csrf_token = session.map(|session| session.csrf.expose().to_owned());
        Self { user, name, role, account, csrf_token, ends_at: session.map(Session::ends_at) }
    }
}

/// Who calls
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = WhoAmI)))]
async fn read_session(Known { principal, session }: Known) -> Answer {
    answer::plain(WhoAmI::of(principal, session.as_ref()))
}

/// Sign in with name and password, for a cookie
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn, security(()),
    responses((status = 201, body = WhoAmI, headers(("Set-Cookie" = String)))))]
async fn sign_in(
    State(state): State<NativeState>,
    from: Option<Extension<Peer>>,
    Sent(SignIn { name, password }): Sent<SignIn>,
) -> Answer {
    let from = from.map(|Extension(Peer(address))| address.ip());
    let principal = state.control().sign_in(&name, password, from).await?;
    let (token, session) = state.sessions().open(principal.user);
    let cookie = set_cookie(&token, state.settings().transport);
    let body = Json(WhoAmI::of(principal, Some(&session)));
    Ok(with_cookie((StatusCode::CREATED, body), cookie))
}

/// Sign out
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
async fn sign_out(State(state): State<NativeState>, known: Known) -> Answer {
    if let Some(session) = &known.session {
        state.sessions().close(session);
    }
    Ok(with_cookie(StatusCode::NO_CONTENT, clear_cookie(state.settings().transport)))
}

fn with_cookie(answer: impl IntoResponse, cookie: Option<HeaderValue>) -> Response {
    let mut response = answer.into_response();
    response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
    response
}
