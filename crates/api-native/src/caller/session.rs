//! Knows a caller by its session.

use axum::http::{HeaderMap, Method};

use super::Known;
use crate::problem::{Kind, Problem};
use crate::state::NativeState;

const CSRF: &str = "x-csrf-token";

/// The user of the session, as it is now: a user who was disabled meanwhile has none.
pub(super) async fn check(
    state: &NativeState,
    method: &Method,
    headers: &HeaderMap,
    token: &str,
) -> Result<Known, Problem> {
    let over = || Problem::unauthenticated("the session is over; sign in again");
    let session = state.sessions().find(token).ok_or_else(over)?;
    if !method.is_safe() && !headers.get(CSRF).is_some_and(|token| session.csrf.matches(token.as_bytes())) {
        let detail = "a change in a session needs the header X-CSRF-Token with the session's `csrf_token`";
        return Err(Problem::new(Kind::Csrf, detail));
    }
    let Some(principal) = state.control().principal(session.user).await? else {
        state.sessions().close(&session);
        return Err(over());
    };
    Ok(Known { principal, session: Some(session) })
}
