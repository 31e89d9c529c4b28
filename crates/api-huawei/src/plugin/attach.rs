//! Attaches plug-ins to published APIs, and takes them away: from the plug-in's side or from the API's. What is attached
//! holds at once, and takes the place of another plug-in of its type.

use paifang_control::{BindTarget, Stored};
use paifang_model::id::{ApiId, BindingId, PolicyId, StageId};
use paifang_model::{Binding, Policy, Stage};
use serde_json::{Value, json};

use super::{SORT, type_of, view};
use crate::answer::{Answer, object};
use crate::call::Call;
use crate::fault::{Fault, codes};
use crate::scope;

/// Plug-ins or APIs of one request.
const AT_ONCE: usize = 500;

/// One plug-in, many APIs.
pub(crate) async fn attach_apis(call: &Call) -> Answer {
    let plugin = SORT.found(call, "plugin_id", call.path("plugin_id")).await?.value;
    let (stage, apis) = named(call, "api_ids").await?;
    let targets: Vec<BindTarget> = apis_of(call, &apis).await?.into_iter().map(at(stage.id)).collect();
    let bound = call.context.bind_policy(plugin.id, &targets).await.map_err(|error| SORT.fault(error))?;
    let mut rows = Vec::with_capacity(bound.len());
    for binding in &bound {
        rows.push(row(call, &plugin, binding, &stage).await?);
    }
    object(json!({ "attached_plugins": rows }))
}

/// One API, many plug-ins: each is there before the first is attached.
pub(crate) async fn attach_to_api(call: &Call) -> Answer {
    let api = scope::api(&call.context, call.path("api_id")).await?.0.value.id;
    let (stage, ids) = named(call, "plugin_ids").await?;
    let mut rows = Vec::with_capacity(ids.len());
    for plugin in plugins(call, &ids).await? {
        let bound = call.context.bind_policy(plugin.id, &[at(stage.id)(api)]).await;
        for binding in &bound.map_err(|error| SORT.fault(error))? {
            rows.push(row(call, &plugin, binding, &stage).await?);
        }
    }
    object(json!({ "attached_plugins": rows }))
}

pub(crate) async fn detach_apis(call: &Call) -> Answer {
    let plugin = SORT.found(call, "plugin_id", call.path("plugin_id")).await?.value.id;
    let (stage, apis) = named(call, "api_ids").await?;
    let apis = apis_of(call, &apis).await?;
    detach(call, apis.into_iter().map(|api| Binding::id_of(plugin, api, stage.id)).collect()).await
}

pub(crate) async fn detach_from_api(call: &Call) -> Answer {
    let api = scope::api(&call.context, call.path("api_id")).await?.0.value.id;
    let (stage, ids) = named(call, "plugin_ids").await?;
    let plugins = plugins(call, &ids).await?;
    detach(call, plugins.iter().map(|plugin| Binding::id_of(plugin.id, api, stage.id)).collect()).await
}

/// All of them, or none.
async fn detach(call: &Call, bindings: Vec<BindingId>) -> Answer {
    call.context.unbind_policies(&bindings).await.map_err(|error| SORT.fault(error))?;
    // The vendor answers with an empty object.
    object(json!({}))
}

/// The environment, and the ids that a member of the body has; naming one twice asks for nothing more.
async fn named(call: &Call, member: &'static str) -> Result<(Stage, Vec<String>), Fault> {
    let (stage, ids) = call.read(|body| {
        body.demand(member);
        let mut ids: Vec<String> = Vec::new();
        for id in body.texts(member) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        if body.raw(member).is_some() && (ids.is_empty() || ids.len() > AT_ONCE) {
            let message = format!("{} are named, but 1 to {AT_ONCE} are allowed", ids.len());
            body.complain(codes::INVALID_VALUE, member, message);
        }
        (body.required("env_id").to_owned(), ids)
    })?;
    Ok((scope::environment(&call.context, &stage).await?.value, ids))
}

async fn apis_of(call: &Call, ids: &[String]) -> Result<Vec<ApiId>, Fault> {
    let mut apis = Vec::with_capacity(ids.len());
    for id in ids {
        apis.push(scope::api_by_id(&call.context, scope::id("api_ids", id)?).await?.0.value.id);
    }
    Ok(apis)
}

async fn plugins(call: &Call, ids: &[String]) -> Result<Vec<Policy>, Fault> {
    let mut plugins = Vec::with_capacity(ids.len());
    for id in ids {
        plugins.push(SORT.found(call, "plugin_ids", id).await?.value);
    }
    Ok(plugins)
}

fn at(stage: StageId) -> impl Fn(ApiId) -> BindTarget {
    move |api| BindTarget { api, stage }
}

async fn row(call: &Call, plugin: &Policy, binding: &Stored<Binding>, stage: &Stage) -> Result<Value, Fault> {
    let api = call.context.read_api(binding.value.api).await?.value;
    let id: PolicyId = plugin.id;
    let mut row = view::place(binding, stage);
    row.extend(crate::answer::members(json!({
        "plugin_id": id,
        "plugin_name": plugin.name,
        "plugin_type": type_of(plugin.kind),
        "plugin_scope": "global",
        "api_id": api.id,
        "api_name": api.definition.name,
    })));
    Ok(Value::Object(row))
}
