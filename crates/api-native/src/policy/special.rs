//! `/policies/{policy}/specials`: callers with numbers of their own, one at a time. The answer is the policy.

use paifang_control::SpecialDraft;
use paifang_model::Policy;
use paifang_model::id::{Id, PolicyId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, View};
use crate::ask::{At, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type PolicyView = View<Policy>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(set_special)).routes(routes!(remove_special))
}

/// Give a caller a number of its own in a policy, or another one
#[utoipa::path(put, path = "/policies/{policy}/specials", tag = "policies", request_body = SpecialDraft,
    params(("policy" = PolicyId, Path)), responses((status = 200, body = PolicyView)))]
async fn set_special(
    Caller(control): Caller,
    At(policy): At<PolicyId>,
    Sent(special): Sent<SpecialDraft>,
) -> Answer {
    answer::one(control.set_special(policy, special).await?)
}

/// Take a caller's own number away; named by the id of the app or the account
#[utoipa::path(delete, path = "/policies/{policy}/specials/{object}", tag = "policies",
    params(("policy" = PolicyId, Path), ("object" = String, Path)), responses((status = 200, body = PolicyView)))]
async fn remove_special(Caller(control): Caller, At((policy, object)): At<(PolicyId, Id)>) -> Answer {
    answer::one(control.remove_special(policy, object).await?)
}
