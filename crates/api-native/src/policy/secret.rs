//! Secrets of policies that have one: signature keys.

use paifang_model::id::PolicyId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::ask::At;
use crate::caller::Caller;
use crate::state::NativeState;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(reveal_policy))
}

/// A policy's secret, shown because somebody asked.
#[derive(Serialize, ToSchema)]
struct RevealedPolicy {
    /// The secret.
    secret: String,
}

/// Show the secret of a policy; the audit trail remembers it
#[utoipa::path(post, path = "/policies/{policy}/reveal", tag = "policies",
    params(("policy" = PolicyId, Path)), responses((status = 200, body = RevealedPolicy)))]
async fn reveal_policy(Caller(control): Caller, At(policy): At<PolicyId>) -> Answer {
    let secret = control.reveal_policy(policy).await?;
    answer::plain(RevealedPolicy { secret: secret.expose().to_owned() })
}
