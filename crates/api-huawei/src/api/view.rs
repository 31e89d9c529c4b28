//! An API as the interface shows it. Spec: huawei/api-model.md §1.

use paifang_control::{DeploymentFilter, Stored};
use paifang_model::id::{ApiId, StageId};
use paifang_model::{Api, Definition, Deployment, Group, Id, Stage};
use serde_json::{Map, Value, json};

use crate::answer::members;
use crate::call::Call;
use crate::fault::Fault;
use crate::group::{common, times_of};
use crate::{definition, environment, scope, time};

/// Members that lists of APIs do not have.
const NOT_IN_LISTS: &[&str] = &["mock_info", "backend_params", "policy_https", "policy_mocks"];

/// All of an API.
pub(super) async fn full(call: &Call, api: &Stored<Api>, group: &Stored<Group>) -> Result<Value, Fault> {
    let stages = scope::environments(&call.context).await?;
    complete(call, api, group, &stages).await.map(Value::Object)
}

/// What a list shows of an API.
pub(super) async fn brief(
    call: &Call,
    api: &Stored<Api>,
    group: &Stored<Group>,
    stages: &[Stored<Stage>],
) -> Result<Value, Fault> {
    let mut all = complete(call, api, group, stages).await?;
    for member in NOT_IN_LISTS {
        all.remove(*member);
    }
    Ok(Value::Object(all))
}

async fn complete(
    call: &Call,
    api: &Stored<Api>,
    group: &Stored<Group>,
    stages: &[Stored<Stage>],
) -> Result<Map<String, Value>, Fault> {
    let id = api.value.id;
    let mut all = frozen(id, &api.value.definition, &times_of(api), group);
    all.extend(published(&online(call, id).await?, stages));
    all.insert("api_group_info".to_owned(), common(call, group).await?);
    Ok(all)
}

/// What drafts and versions of an API have in common.
pub(crate) fn frozen(
    api: ApiId,
    definition: &Definition,
    times: &Map<String, Value>,
    group: &Stored<Group>,
) -> Map<String, Value> {
    let mut all = decorated(api, definition, times);
    all.extend(times.clone());
    all.extend(members(json!({
        "id": api,
        "group_id": group.value.id,
        "group_name": group.value.name,
        "group_version": group.value.extra.get("version"),
        "status": 1,
        "arrange_necessary": 2,
    })));
    all
}

/// A definition whose parts have ids; they are derived, as the parts are no documents of their own.
pub(crate) fn decorated(
    api: ApiId,
    definition: &Definition,
    times: &Map<String, Value>,
) -> Map<String, Value> {
    let mut all = definition::write(definition);
    let id = |kind: &str, name: &str| json!(Id::derived(kind, &[api.0.as_bytes(), name.as_bytes()]));
    for parameter in parts(&mut all, "req_params") {
        let part = id("req_param", text(parameter, "name"));
        parameter.insert("id".to_owned(), part);
    }
    identify_outputs(&mut all, "", &id);
    for policy in definition::POLICY_LISTS {
        parts(&mut all, policy).for_each(|policy| identify_policy(policy, &id));
    }
    for member in ["backend_api", "mock_info"] {
        if let Some(Value::Object(backend)) = all.get_mut(member) {
            backend.insert("id".to_owned(), id(member, ""));
            backend.insert("status".to_owned(), json!(1));
            backend.extend(times.clone());
        }
    }
    all
}

/// Backend parameters, of the default backend or of a policy.
fn identify_outputs(holder: &mut Map<String, Value>, policy: &str, id: &impl Fn(&str, &str) -> Value) {
    for parameter in parts(holder, "backend_params") {
        let name = format!("{policy}{} {}", text(parameter, "location"), text(parameter, "name"));
        let mapped =
            (text(parameter, "origin") == "REQUEST").then(|| id("req_param", text(parameter, "value")));
        parameter.insert("id".to_owned(), id("backend_param", &name));
        parameter.extend(mapped.map(|mapped| ("req_param_id".to_owned(), mapped)));
    }
}

fn identify_policy(policy: &mut Map<String, Value>, id: &impl Fn(&str, &str) -> Value) {
    let name = text(policy, "name").to_owned();
    identify_outputs(policy, &format!("{name} "), id);
    for (index, condition) in parts(policy, "conditions").enumerate() {
        let judged = condition.get("req_param_name").and_then(Value::as_str);
        let judged = judged.map(|judged| id("req_param", judged));
        condition.insert("id".to_owned(), id("condition", &format!("{name} {index}")));
        condition.extend(judged.map(|judged| ("req_param_id".to_owned(), judged)));
    }
    policy.insert("id".to_owned(), id("backend_policy", &name));
}

fn parts<'a>(
    all: &'a mut Map<String, Value>,
    member: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let items = all.get_mut(member).and_then(Value::as_array_mut);
    items.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn text<'p>(part: &'p Map<String, Value>, member: &str) -> &'p str {
    part.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// Where an API is online; several are joined with `|`.
fn published(online: &[Deployment], stages: &[Stored<Stage>]) -> Map<String, Value> {
    if online.is_empty() {
        return Map::new();
    }
    let joined = |part: &dyn Fn(&Deployment) -> String| online.iter().map(part).collect::<Vec<_>>().join("|");
    let since = online.iter().map(|deployment| deployment.since).max().unwrap_or_default();
    members(json!({
        "run_env_id": joined(&|deployment| environment::id_of(deployment.stage)),
        "run_env_name": joined(&|deployment| name_of(deployment.stage, stages)),
        "publish_id": joined(&|deployment| deployment.id.to_string()),
        "publish_time": time::rfc3339(since),
    }))
}

fn name_of(stage: StageId, stages: &[Stored<Stage>]) -> String {
    let found = stages.iter().find(|known| known.value.id == stage);
    found.map(|found| found.value.name.clone()).unwrap_or_default()
}

async fn online(call: &Call, api: ApiId) -> Result<Vec<Deployment>, Fault> {
    let filter = DeploymentFilter { api: Some(api), online: Some(true), ..DeploymentFilter::default() };
    let context = &call.context;
    let found = scope::all(|paging| async move { context.list_deployments(filter, &paging).await }).await?;
    Ok(found.into_iter().map(|deployment| deployment.value).collect())
}
