//! `/policies/{policy}/group-bindings` and `/group-bindings`: where policies hold for whole groups.

use paifang_control::{GroupBindingFilter, GroupTarget};
use paifang_model::id::{GroupBindingId, GroupId, PolicyId, StageId};
use paifang_model::{GroupBinding, PolicyKind};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, FromParams, PageParams, Params, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type GroupBindingView = View<GroupBinding>;
type GroupBindingList = List<GroupBindingView>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_group_bindings_of_policy, bind_policy_to_groups))
        .routes(routes!(list_group_bindings))
        .routes(routes!(read_group_binding, unbind_policy_from_group))
}

/// Which bindings to groups are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct GroupBindingParams {
    /// Of policies of this kind.
    kind: Option<PolicyKind>,
    /// To this group.
    group: Option<GroupId>,
    /// In this stage.
    stage: Option<StageId>,
}

impl FromParams for GroupBindingParams {
    fn from_params(params: &mut Params) -> Self {
        Self { kind: params.word("kind"), group: params.parsed("group"), stage: params.parsed("stage") }
    }
}

impl GroupBindingParams {
    fn filter(self, policy: Option<PolicyId>) -> GroupBindingFilter {
        let Self { kind, group, stage } = self;
        GroupBindingFilter { policy, kind, group, stage }
    }
}

/// Every binding to a group that was asked for.
#[derive(Serialize, ToSchema)]
struct GroupsBound {
    /// The bindings.
    group_bindings: Vec<GroupBindingView>,
}

/// The groups for which a policy holds
#[utoipa::path(get, path = "/policies/{policy}/group-bindings", tag = "policies",
    params(("policy" = PolicyId, Path), GroupBindingParams, PageParams),
    responses((status = 200, body = GroupBindingList)))]
async fn list_group_bindings_of_policy(
    Caller(control): Caller,
    At(policy): At<PolicyId>,
    Asked((params, page)): Asked<(GroupBindingParams, PageParams)>,
) -> Answer {
    control.read_policy(policy).await?;
    answer::page(control.list_group_bindings(params.filter(Some(policy)), &page.paging()).await?)
}

/// Bind a policy to groups: all of them, or none
///
/// It holds for every API of the group in the stage, those that come later among them, but not for an API that a policy of
/// the kind is bound to itself. Another policy of the kind that is bound to one of the groups in the stage gives way at
/// once.
#[utoipa::path(post, path = "/policies/{policy}/group-bindings", tag = "policies",
    request_body = Vec<GroupTarget>, params(("policy" = PolicyId, Path)),
    responses((status = 200, body = GroupsBound)))]
async fn bind_policy_to_groups(
    Caller(control): Caller,
    At(policy): At<PolicyId>,
    Sent(targets): Sent<Vec<GroupTarget>>,
) -> Answer {
    let bindings = control.bind_policy_to_groups(policy, &targets).await?;
    answer::plain(GroupsBound { group_bindings: bindings.into_iter().map(View::from).collect() })
}

/// Bindings of all policies to groups
#[utoipa::path(get, path = "/group-bindings", tag = "policies", params(GroupBindingParams, PageParams),
    responses((status = 200, body = GroupBindingList)))]
async fn list_group_bindings(
    Caller(control): Caller,
    Asked((params, page)): Asked<(GroupBindingParams, PageParams)>,
) -> Answer {
    answer::page(control.list_group_bindings(params.filter(None), &page.paging()).await?)
}

/// A binding to a group
#[utoipa::path(get, path = "/group-bindings/{group_binding}", tag = "policies",
    params(("group_binding" = GroupBindingId, Path)), responses((status = 200, body = GroupBindingView)))]
async fn read_group_binding(Caller(control): Caller, At(binding): At<GroupBindingId>) -> Answer {
    answer::one(control.read_group_binding(binding).await?)
}

/// Unbind a policy from a group
#[utoipa::path(delete, path = "/group-bindings/{group_binding}", tag = "policies",
    params(("group_binding" = GroupBindingId, Path)), responses((status = 204)))]
async fn unbind_policy_from_group(Caller(control): Caller, At(binding): At<GroupBindingId>) -> Answer {
    control.unbind_policy_from_group(binding).await?;
    answer::nothing()
}
