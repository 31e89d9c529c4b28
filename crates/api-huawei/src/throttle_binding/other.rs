//! What a policy could be bound to: everything that is published and is not bound to it.

use std::collections::HashMap;

use paifang_control::{BindingFilter, DeploymentFilter};
use paifang_model::id::{ApiId, PolicyId, StageId};
use serde_json::{Value, json};

use super::outline;
use crate::answer::{Answer, page, page_of};
use crate::call::Call;
use crate::fault::Fault;
use crate::published::meets;
use crate::{scope, throttle};

pub(crate) async fn other_apis(call: &Call) -> Answer {
    let wanted = call.page()?;
    let policy = throttle::found(call, "throttle_id", call.query.required("throttle_id")?).await?.value.id;
    let stage = match call.query.value("env_id") {
        Some(stage) => Some(scope::environment(&call.context, stage).await?.value.id),
        None => None,
    };
    let group = match call.query.value("group_id") {
        Some(group) => Some(scope::group(&call.context, group).await?.value.id),
        None => None,
    };
    let bound = bound(call, stage).await?;
    let stages = scope::environments(&call.context).await?;
    let (context, filter) = (&call.context, DeploymentFilter { group, stage, online: Some(true), api: None });
    let online = scope::all(|paging| async move { context.list_deployments(filter, &paging).await }).await?;
    let mut rows = Vec::new();
    for deployment in online {
        let (api, stage) = (deployment.value.api, deployment.value.stage);
        let other = bound.get(&(api, stage));
        let Some(stage) = stages.iter().find(|there| there.value.id == stage) else { continue };
        let (api, group) = scope::api_by_id(context, api).await?;
        if other == Some(&policy) || !meets(call, &api.value) {
            continue;
        }
        let mut row = outline(&api.value, &group.value, &stage.value);
        if let Some(other) = other {
            row.insert("throttle_name".to_owned(), json!(context.read_policy(*other).await?.value.name));
        }
        rows.push(Value::Object(row));
    }
    let (rows, total) = page_of(wanted, rows);
    page("apis", rows, total)
}

/// Which throttling policy is bound where.
async fn bound(call: &Call, stage: Option<StageId>) -> Result<HashMap<(ApiId, StageId), PolicyId>, Fault> {
    let filter = BindingFilter { kind: Some(throttle::KIND), stage, ..BindingFilter::default() };
    let context = &call.context;
    let bindings = scope::all(|paging| async move { context.list_bindings(filter, &paging).await }).await?;
    Ok(bindings.into_iter().map(|one| ((one.value.api, one.value.stage), one.value.policy)).collect())
}
