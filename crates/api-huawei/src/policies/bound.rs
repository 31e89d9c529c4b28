//! Looks at bindings from either side.

use paifang_control::{BindingFilter, Paging, Stored};
use paifang_model::id::PolicyId;
use paifang_model::{Api, Binding, Group, Policy, Stage};

use super::Sort;
use crate::call::Call;
use crate::fault::Fault;
use crate::published::meets;
use crate::scope;

/// An API that a policy is bound to.
pub(crate) struct BoundApi {
    pub(crate) binding: Stored<Binding>,
    pub(crate) policy: String,
    pub(crate) api: Api,
    pub(crate) group: Group,
    pub(crate) stage: Stage,
}

/// A policy that is bound to an API.
pub(crate) struct BoundPolicy {
    pub(crate) binding: Stored<Binding>,
    pub(crate) policy: Stored<Policy>,
    pub(crate) stage: Stage,
}

/// The APIs that a policy is bound to, as far as they are asked for.
pub(crate) async fn apis(call: &Call, sort: &'static Sort) -> Result<Vec<BoundApi>, Fault> {
    let policy = sort.found(call, sort.id, call.query.required(sort.id)?).await?.value;
    let mut filter = BindingFilter { policy: Some(policy.id), ..BindingFilter::default() };
    if let Some(group) = call.query.value("group_id") {
        filter.group = Some(scope::group(&call.context, group).await?.value.id);
    }
    let filter = of_environment(call, filter).await?;
    let stages = scope::environments(&call.context).await?;
    let mut all = Vec::new();
    for binding in bindings(call, filter).await? {
        let Some(stage) = stage_of(&stages, &binding) else { continue };
        let (api, group) = scope::api_by_id(&call.context, binding.value.api).await?;
        if meets(call, &api.value) {
            let policy = policy.name.clone();
            all.push(BoundApi { binding, policy, api: api.value, group: group.value, stage });
        }
    }
    Ok(all)
}

/// The policies that are bound to an API, as far as they are asked for.
pub(crate) async fn policies(call: &Call, sort: &'static Sort) -> Result<Vec<BoundPolicy>, Fault> {
    let api = scope::api(&call.context, call.query.required("api_id")?).await?.0.value.id;
    let filter = of_environment(call, BindingFilter { api: Some(api), ..BindingFilter::default() }).await?;
    let stages = scope::environments(&call.context).await?;
    let mut all = Vec::new();
    for binding in bindings(call, filter).await? {
        let Some(stage) = stage_of(&stages, &binding) else { continue };
        if !sort.kinds.contains(&binding.value.kind) {
            continue;
        }
        let policy = call.context.read_policy(binding.value.policy).await?;
        if is_asked_for(call, sort, &policy.value) {
            all.push(BoundPolicy { binding, policy, stage });
        }
    }
    Ok(all)
}

/// How many bindings a policy has.
pub(crate) async fn bindings_of(call: &Call, policy: PolicyId) -> Result<u64, Fault> {
    let filter = BindingFilter { policy: Some(policy), ..BindingFilter::default() };
    let bound = call.context.list_bindings(filter, &Paging::default().limit(1).counted()).await?;
    Ok(bound.total.unwrap_or_default())
}

fn is_asked_for(call: &Call, sort: &Sort, policy: &Policy) -> bool {
    let within = |part: &str| policy.name.to_lowercase().contains(&part.to_lowercase());
    call.query.value(sort.id).is_none_or(|id| policy.id.to_string() == id)
        && call.query.value(sort.name).is_none_or(within)
}

async fn of_environment(call: &Call, mut filter: BindingFilter) -> Result<BindingFilter, Fault> {
    if let Some(stage) = call.query.value("env_id") {
        filter.stage = Some(scope::environment(&call.context, stage).await?.value.id);
    }
    Ok(filter)
}

async fn bindings(call: &Call, filter: BindingFilter) -> Result<Vec<Stored<Binding>>, Fault> {
    let context = &call.context;
    scope::all(|paging| async move { context.list_bindings(filter, &paging).await }).await
}

fn stage_of(stages: &[Stored<Stage>], binding: &Stored<Binding>) -> Option<Stage> {
    let found = stages.iter().map(|stage| &stage.value).find(|stage| stage.id == binding.value.stage);
    found.cloned()
}
