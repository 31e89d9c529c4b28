//! `/policies`: what is done to calls beside their definition. Changes reach callers at once.

mod binding;
mod group_binding;
mod secret;
mod special;

use paifang_control::{PolicyDraft, PolicyFilter, PolicyPatch};
use paifang_model::id::PolicyId;
use paifang_model::{Dialect, Policy, PolicyKind};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, SearchParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type PolicyView = View<Policy>;
type PolicyList = List<PolicyView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_policies, create_policy))
        .routes(routes!(read_policy, update_policy, delete_policy))
        .merge(secret::routes())
        .merge(special::routes())
        .merge(binding::routes())
        .merge(group_binding::routes())
}

/// Which policies are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct PolicyParams {
    /// Of this dialect.
    dialect: Option<Dialect>,
    /// Of this kind.
    kind: Option<PolicyKind>,
    /// With exactly this name.
    name: Option<String>,
}

impl FromParams for PolicyParams {
    fn from_params(params: &mut Params) -> Self {
        Self { dialect: params.word("dialect"), kind: params.word("kind"), name: params.text("name") }
    }
}

/// Policies
#[utoipa::path(get, path = "/policies", tag = "policies", params(PolicyParams, SearchParams, PageParams<ByName>),
    responses((status = 200, body = PolicyList)))]
async fn list_policies(
    Caller(control): Caller,
    Asked((PolicyParams { dialect, kind, name }, SearchParams { search }, page)): Asked<(
        PolicyParams,
        SearchParams,
        PageParams<ByName>,
    )>,
) -> Answer {
    let filter = PolicyFilter { dialect, kind, family: None, name, name_contains: search };
    answer::page(control.list_policies(&filter, &page.paging()).await?)
}

/// Make a policy, which does nothing until it is bound
#[utoipa::path(post, path = "/policies", tag = "policies", request_body = PolicyDraft,
    responses((status = 201, body = PolicyView)))]
async fn create_policy(Caller(control): Caller, Sent(draft): Sent<PolicyDraft>) -> Answer {
    let policy = control.create_policy(draft).await?;
    answer::made_one(&format!("/policies/{}", policy.value.id), policy)
}

/// A policy
#[utoipa::path(get, path = "/policies/{policy}", tag = "policies", params(("policy" = PolicyId, Path)),
    responses((status = 200, body = PolicyView)))]
async fn read_policy(Caller(control): Caller, At(policy): At<PolicyId>) -> Answer {
    answer::one(control.read_policy(policy).await?)
}

/// Change a policy; the APIs that it is bound to follow at once
#[utoipa::path(patch, path = "/policies/{policy}", tag = "policies", request_body = PolicyPatch,
    params(("policy" = PolicyId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = PolicyView)))]
async fn update_policy(
    Caller(control): Caller,
    At(policy): At<PolicyId>,
    Expected(expected): Expected,
    Sent(patch): Sent<PolicyPatch>,
) -> Answer {
    answer::one(control.update_policy(policy, patch, expected).await?)
}

/// Delete a policy that is bound to nothing
#[utoipa::path(delete, path = "/policies/{policy}", tag = "policies",
    params(("policy" = PolicyId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
async fn delete_policy(
    Caller(control): Caller,
    At(policy): At<PolicyId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_policy(policy, expected).await?;
    answer::nothing()
}
