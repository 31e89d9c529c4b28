//! `/policies/{policy}/bindings` and `/bindings`: where policies hold.

use paifang_control::{BindTarget, BindingFilter};
use paifang_model::id::{ApiId, BindingId, GroupId, PolicyId, StageId};
use paifang_model::{Binding, PolicyKind};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, FromParams, PageParams, Params, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type BindingView = View<Binding>;
type BindingList = List<BindingView>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_bindings_of_policy, bind_policy))
        .routes(routes!(list_bindings))
        .routes(routes!(read_binding, unbind_policy))
        .routes(routes!(unbind_policies))
}

/// Which bindings are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct BindingParams {
    /// Of policies of this kind.
    kind: Option<PolicyKind>,
    /// To this API.
    api: Option<ApiId>,
    /// To APIs of this group.
    group: Option<GroupId>,
    /// In this stage.
    stage: Option<StageId>,
}

impl FromParams for BindingParams {
    fn from_params(params: &mut Params) -> Self {
        let (kind, api) = (params.word("kind"), params.parsed("api"));
        Self { kind, api, group: params.parsed("group"), stage: params.parsed("stage") }
    }
}

impl BindingParams {
    fn filter(self, policy: Option<PolicyId>) -> BindingFilter {
        let Self { kind, api, group, stage } = self;
        BindingFilter { policy, kind, api, group, stage }
    }
}

/// Every binding that was asked for.
#[derive(Serialize, ToSchema)]
struct Bound {
    /// The bindings.
    bindings: Vec<BindingView>,
}

/// Where a policy holds, sleeping bindings too
#[utoipa::path(get, path = "/policies/{policy}/bindings", tag = "policies",
    params(("policy" = PolicyId, Path), BindingParams, PageParams), responses((status = 200, body = BindingList)))]
async fn list_bindings_of_policy(
    Caller(control): Caller,
    At(policy): At<PolicyId>,
    Asked((params, page)): Asked<(BindingParams, PageParams)>,
) -> Answer {
    control.read_policy(policy).await?;
    answer::page(control.list_bindings(params.filter(Some(policy)), &page.paging()).await?)
}

/// Bind a policy to APIs: all of them, or none
///
/// Another policy of the kind that is bound to one of the APIs in the stage gives way at once.
#[utoipa::path(post, path = "/policies/{policy}/bindings", tag = "policies", request_body = Vec<BindTarget>,
    params(("policy" = PolicyId, Path)), responses((status = 200, body = Bound)))]
async fn bind_policy(
    Caller(control): Caller,
    At(policy): At<PolicyId>,
    Sent(targets): Sent<Vec<BindTarget>>,
) -> Answer {
    let bindings = control.bind_policy(policy, &targets).await?.into_iter().map(View::from).collect();
    answer::plain(Bound { bindings })
}

/// Bindings of all policies, sleeping ones too
#[utoipa::path(get, path = "/bindings", tag = "policies", params(BindingParams, PageParams),
    responses((status = 200, body = BindingList)))]
async fn list_bindings(
    Caller(control): Caller,
    Asked((params, page)): Asked<(BindingParams, PageParams)>,
) -> Answer {
    answer::page(control.list_bindings(params.filter(None), &page.paging()).await?)
}

/// A binding
#[utoipa::path(get, path = "/bindings/{binding}", tag = "policies", params(("binding" = BindingId, Path)),
    responses((status = 200, body = BindingView)))]
async fn read_binding(Caller(control): Caller, At(binding): At<BindingId>) -> Answer {
    answer::one(control.read_binding(binding).await?)
}

/// Unbind a policy from an API
#[utoipa::path(delete, path = "/bindings/{binding}", tag = "policies", params(("binding" = BindingId, Path)),
    responses((status = 204)))]
async fn unbind_policy(Caller(control): Caller, At(binding): At<BindingId>) -> Answer {
    control.unbind_policy(binding).await?;
    answer::nothing()
}

/// Take bindings away: all of them, or none
#[utoipa::path(post, path = "/bindings/unbind", tag = "policies", request_body = Vec<BindingId>,
    responses((status = 204)))]
async fn unbind_policies(Caller(control): Caller, Sent(bindings): Sent<Vec<BindingId>>) -> Answer {
    control.unbind_policies(&bindings).await?;
    answer::nothing()
}
