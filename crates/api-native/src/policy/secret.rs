//! Secrets of policies that have one: signature keys.

use paifang_model::Secret;
use paifang_model::id::PolicyId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::ask::{At, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(reveal_policy)).routes(routes!(check_policy_secret))
}

/// A policy's secret, shown because somebody asked.
#[derive(Serialize, ToSchema)]
struct RevealedPolicy {
    /// The secret.
    secret: String,
}

/// A secret that a policy may have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PolicySecretGuess {
    /// The secret.
    #[schema(value_type = String)]
    secret: Secret,
}

/// Whether it has it.
#[derive(Serialize, ToSchema)]
struct PolicySecretChecked {
    /// Whether it is the one.
    matches: bool,
}

/// Show the secret of a policy; the audit trail remembers it
#[utoipa::path(post, path = "/policies/{policy}/reveal", tag = "policies",
    params(("policy" = PolicyId, Path)), responses((status = 200, body = RevealedPolicy)))]
async fn reveal_policy(Caller(control): Caller, At(policy): At<PolicyId>) -> Answer {
    let secret = control.reveal_policy(policy).await?;
    answer::plain(RevealedPolicy { secret: secret.expose().to_owned() })
}

/// Say whether a policy has this secret, without showing it
#[utoipa::path(post, path = "/policies/{policy}/check", tag = "policies", request_body = PolicySecretGuess,
    params(("policy" = PolicyId, Path)), responses((status = 200, body = PolicySecretChecked)))]
async fn check_policy_secret(
    Caller(control): Caller,
    At(policy): At<PolicyId>,
    Sent(guess): Sent<PolicySecretGuess>,
) -> Answer {
    let matches = control.check_policy_secret(policy, &guess.secret).await?;
    answer::plain(PolicySecretChecked { matches })
}
