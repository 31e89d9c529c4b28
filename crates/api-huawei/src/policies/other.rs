//! What a policy could be bound to: everything that is published and is not bound to it.

use std::collections::HashMap;

use paifang_control::{BindingFilter, DeploymentFilter};
use paifang_model::id::{ApiId, PolicyId, StageId};
use paifang_model::{Api, Group, PolicyKind, Stage};

use super::Sort;
use crate::call::Call;
use crate::fault::Fault;
use crate::published::meets;
use crate::scope;

/// An API that a policy is not bound to.
pub(crate) struct OtherApi {
    pub(crate) api: Api,
    pub(crate) group: Group,
    pub(crate) stage: Stage,
    /// The name of the policy that would give way.
    pub(crate) bound: Option<String>,
}

/// The APIs that a policy is not bound to, as far as they are asked for.
pub(crate) async fn other_apis(call: &Call, sort: &'static Sort) -> Result<Vec<OtherApi>, Fault> {
    let policy = sort.found(call, sort.id, call.query.required(sort.id)?).await?.value;
    let stage = match call.query.value("env_id") {
        Some(stage) => Some(scope::environment(&call.context, stage).await?.value.id),
        None => None,
    };
    let group = match call.query.value("group_id") {
        Some(group) => Some(scope::group(&call.context, group).await?.value.id),
        None => None,
    };
    let bound = bound(call, policy.kind, stage).await?;
    let stages = scope::environments(&call.context).await?;
    let (context, filter) =
        (&call.context, DeploymentFilter { group, stage, online: Some(true), ..DeploymentFilter::default() });
    let online = scope::all(|paging| async move { context.list_deployments(filter, &paging).await }).await?;
    let mut all = Vec::new();
    for deployment in online {
        let (api, stage) = (deployment.value.api, deployment.value.stage);
        let other = bound.get(&(api, stage));
        let Some(stage) = stages.iter().find(|there| there.value.id == stage) else { continue };
        let (api, group) = scope::api_by_id(context, api).await?;
        if other == Some(&policy.id) || !meets(call, &api.value) {
            continue;
        }
        let bound = match other {
            Some(other) => Some(context.read_policy(*other).await?.value.name),
            None => None,
        };
        all.push(OtherApi { api: api.value, group: group.value, stage: stage.value.clone(), bound });
    }
    Ok(all)
}

/// Which policy of a kind is bound where.
async fn bound(
    call: &Call,
    kind: PolicyKind,
    stage: Option<StageId>,
) -> Result<HashMap<(ApiId, StageId), PolicyId>, Fault> {
    let filter = BindingFilter { kind: Some(kind), stage, ..BindingFilter::default() };
    let context = &call.context;
    let bindings = scope::all(|paging| async move { context.list_bindings(filter, &paging).await }).await?;
    Ok(bindings.into_iter().map(|one| ((one.value.api, one.value.stage), one.value.policy)).collect())
}
