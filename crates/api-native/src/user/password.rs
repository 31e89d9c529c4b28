//! `/users/{user}/password`: a new password ends the user's sessions, but not the one that set it.

use axum::extract::State;
use paifang_model::Secret;
use paifang_model::id::UserId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::ask::{At, Sent};
use crate::caller::{Caller, Known};
use crate::state::NativeState;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(set_password))
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordDraft {
    /// 8 to 128 characters.
    #[schema(value_type = String)]
    password: Secret,
}

/// Give a user another password
#[utoipa::path(put, path = "/users/{user}/password", tag = "users", request_body = PasswordDraft,
    params(("user" = UserId, Path)), responses((status = 204)))]
async fn set_password(
    State(state): State<NativeState>,
    Caller(control): Caller,
    known: Known,
    At(user): At<UserId>,
    Sent(draft): Sent<PasswordDraft>,
) -> Answer {
    control.set_password(user, draft.password).await?;
    state.sessions().close_others(user, known.session.as_ref());
    answer::nothing()
}
