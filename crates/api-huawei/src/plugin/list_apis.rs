//! The APIs that a plug-in is attached to, or could be.

use std::collections::HashSet;

use paifang_control::{BindingFilter, DeploymentFilter};
use paifang_model::id::{ApiId, GroupId, StageId};
use paifang_model::{Api, Deployment, Group, Id, Stage};
use serde_json::{Map, Value, json};

use super::{SORT, view};
use crate::answer::{Answer, members, page, page_of};
use crate::call::Call;
use crate::fault::Fault;
use crate::published::meets;
use crate::{definition, environment, scope};

/// Those that it is attached to, in one environment or in all.
pub(crate) async fn attached(call: &Call) -> Answer {
    let wanted = call.page()?;
    let policy = Some(SORT.found(call, "plugin_id", call.path("plugin_id")).await?.value.id);
    let (group, stage) = place(call).await?;
    let filter = BindingFilter { policy, group, stage, ..BindingFilter::default() };
    let context = &call.context;
    let bindings = scope::all(|paging| async move { context.list_bindings(filter, &paging).await }).await?;
    let stages = scope::environments(context).await?;
    let mut rows = Vec::new();
    for binding in &bindings {
        let stage = stages.iter().map(|stage| &stage.value).find(|stage| stage.id == binding.value.stage);
        let (api, group) = scope::api_by_id(context, binding.value.api).await?;
        let Some(stage) = stage.filter(|_| is_asked_for(call, &api.value)) else { continue };
        let mut row = row(&api.value, &group.value, stage);
        row.extend(view::place(binding, stage));
        rows.push(Value::Object(row));
    }
    let (rows, total) = page_of(wanted, rows);
    page("apis", rows, total)
}

/// Those that are published in an environment and do not have it.
pub(crate) async fn attachable(call: &Call) -> Answer {
    let wanted = call.page()?;
    let policy = SORT.found(call, "plugin_id", call.path("plugin_id")).await?.value.id;
    let named = scope::environment(&call.context, call.query.required("env_id")?).await?.value;
    let (group, stage) = place(call).await?;
    let context = &call.context;
    let filter = BindingFilter { policy: Some(policy), stage, ..BindingFilter::default() };
    let there = scope::all(|paging| async move { context.list_bindings(filter, &paging).await }).await?;
    let there: HashSet<ApiId> = there.iter().map(|binding| binding.value.api).collect();
    let filter = DeploymentFilter { group, stage, online: Some(true), ..DeploymentFilter::default() };
    let online = scope::all(|paging| async move { context.list_deployments(filter, &paging).await }).await?;
    let mut rows = Vec::new();
    for deployment in online.iter().filter(|one| !there.contains(&one.value.api)) {
        let (api, group) = scope::api_by_id(context, deployment.value.api).await?;
        if is_asked_for(call, &api.value) {
            rows.push(Value::Object(row(&api.value, &group.value, &named)));
        }
    }
    let (rows, total) = page_of(wanted, rows);
    page("apis", rows, total)
}

async fn place(call: &Call) -> Result<(Option<GroupId>, Option<StageId>), Fault> {
    let group = match call.query.value("group_id") {
        Some(group) => Some(scope::group(&call.context, group).await?.value.id),
        None => None,
    };
    let stage = match call.query.value("env_id") {
        Some(stage) => Some(scope::environment(&call.context, stage).await?.value.id),
        None => None,
    };
    Ok((group, stage))
}

fn is_asked_for(call: &Call, api: &Api) -> bool {
    let written = definition::write(&api.definition);
    let text = |member: &str| written.get(member).and_then(Value::as_str).unwrap_or_default();
    meets(call, api)
        && call.query.value("req_method").is_none_or(|method| text("req_method") == method)
        && call.query.value("req_uri").is_none_or(|part| text("req_uri").contains(part))
}

fn row(api: &Api, group: &Group, stage: &Stage) -> Map<String, Value> {
    const WRITTEN: [&str; 8] =
        ["type", "req_protocol", "req_method", "req_uri", "auth_type", "match_mode", "remark", "tags"];
    let written = definition::write(&api.definition);
    let mut row = members(json!({
        "api_id": api.id,
        "api_name": api.definition.name,
        "group_id": group.id,
        "group_name": group.name,
        "env_id": environment::id_of(stage.id),
        "env_name": stage.name,
        "publish_id": Id::from(Deployment::id_of(api.id, stage.id)),
    }));
    let written = WRITTEN.iter().filter_map(|name| Some(((*name).to_owned(), written.get(*name)?.clone())));
    row.extend(written);
    row
}
