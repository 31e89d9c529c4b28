//! Looks at bindings from either side.

use paifang_control::{BindingFilter, Stored};
use paifang_model::{Binding, Stage};
use serde_json::{Map, Value, json};

use super::outline;
use crate::answer::{Answer, members, page, page_of};
use crate::call::Call;
use crate::fault::Fault;
use crate::published::meets;
use crate::{scope, throttle, time};

/// The APIs that a policy is bound to.
pub(crate) async fn apis(call: &Call) -> Answer {
    let wanted = call.page()?;
    let policy = throttle::found(call, "throttle_id", call.query.required("throttle_id")?).await?.value;
    let filter = filter(call, BindingFilter { policy: Some(policy.id), ..BindingFilter::default() }).await?;
    let stages = scope::environments(&call.context).await?;
    let mut rows = Vec::new();
    for binding in bindings(call, filter).await? {
        let Some(stage) = stage_of(&stages, &binding) else { continue };
        let (api, group) = scope::api_by_id(&call.context, binding.value.api).await?;
        if !meets(call, &api.value) {
            continue;
        }
        let mut row = outline(&api.value, &group.value, stage);
        row.extend(members(json!({
            "throttle_apply_id": binding.value.id,
            "throttle_name": policy.name,
            "apply_time": time::rfc3339(binding.created_at),
        })));
        rows.push(Value::Object(row));
    }
    let (rows, total) = page_of(wanted, rows);
    page("apis", rows, total)
}

/// The policies that are bound to an API: one per environment.
pub(crate) async fn throttles(call: &Call) -> Answer {
    let wanted = call.page()?;
    let api = scope::api(&call.context, call.query.required("api_id")?).await?.0.value.id;
    let filter = BindingFilter { api: Some(api), kind: Some(throttle::KIND), ..BindingFilter::default() };
    let filter = filter_by_environment(call, filter).await?;
    let stages = scope::environments(&call.context).await?;
    let mut rows = Vec::new();
    for binding in bindings(call, filter).await? {
        let Some(stage) = stage_of(&stages, &binding) else { continue };
        let policy = call.context.read_policy(binding.value.policy).await?;
        let mut row = throttle::view(call, &policy).await?;
        if !is_asked_for(call, &row) {
            continue;
        }
        row.extend(members(json!({
            "env_name": stage.name,
            "bind_id": binding.value.id,
            "bind_time": time::rfc3339(binding.created_at),
        })));
        rows.push(Value::Object(row));
    }
    let (rows, total) = page_of(wanted, rows);
    page("throttles", rows, total)
}

fn is_asked_for(call: &Call, row: &Map<String, Value>) -> bool {
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let within = |part: &str| text("name").contains(&part.to_lowercase());
    call.query.value("throttle_id").is_none_or(|id| text("id") == id)
        && call.query.value("throttle_name").is_none_or(within)
}

async fn filter(call: &Call, mut filter: BindingFilter) -> Result<BindingFilter, Fault> {
    if let Some(group) = call.query.value("group_id") {
        filter.group = Some(scope::group(&call.context, group).await?.value.id);
    }
    filter_by_environment(call, filter).await
}

async fn filter_by_environment(call: &Call, mut filter: BindingFilter) -> Result<BindingFilter, Fault> {
    if let Some(stage) = call.query.value("env_id") {
        filter.stage = Some(scope::environment(&call.context, stage).await?.value.id);
    }
    Ok(filter)
}

async fn bindings(call: &Call, filter: BindingFilter) -> Result<Vec<Stored<Binding>>, Fault> {
    let context = &call.context;
    scope::all(|paging| async move { context.list_bindings(filter, &paging).await }).await
}

fn stage_of<'s>(stages: &'s [Stored<Stage>], binding: &Stored<Binding>) -> Option<&'s Stage> {
    stages.iter().map(|stage| &stage.value).find(|stage| stage.id == binding.value.stage)
}
