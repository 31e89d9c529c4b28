//! Versions: those of an API, one of them, another one current, the current one offline.

use paifang_control::{DeploymentFilter, Direction, HistoryEntry, HistoryFilter, Paging, Stored};
use paifang_model::{Deployment, Id, Stage, Version};
use serde_json::{Value, json};

use super::Record;
use crate::answer::{Answer, members, nothing, object, page};
use crate::call::Call;
use crate::fault::{Fault, codes, not_found, tell};
use crate::group::{common, times_of};
use crate::{api, definition, environment, scope, time};

pub(crate) async fn versions(call: &Call) -> Answer {
    let wanted = call.page()?;
    let (api, _) = scope::api(&call.context, call.path("api_id")).await?;
    let stages = scope::environments(&call.context).await?;
    let stage = match (call.query.value("env_id"), call.query.value("env_name")) {
        (Some(id), _) => Some(scope::environment(&call.context, id).await?.value.id),
        (None, Some(name)) => Some(environment::named(&stages, name)?.value.id),
        (None, None) => None,
    };
    let paging = Paging { direction: Direction::Descending, ..wanted.paging() };
    let found = call.context.history(api.value.id, HistoryFilter { stage }, &paging).await?;
    let total = found.total.unwrap_or_default();
    let rows = found.items.into_iter().flatten().map(|entry| row(&entry, &stages)).collect();
    page("api_versions", rows, total)
}

fn row(entry: &HistoryEntry, stages: &[Stored<Stage>]) -> Value {
    let Version { id, api, stage, made_at, remark, .. } = &entry.version.value;
    let name = stages.iter().find(|known| known.value.id == *stage).map(|known| &known.value.name);
    let mut row = members(json!({
        "version_id": id,
        "version_no": time::version_number(*made_at),
        "api_id": api,
        "env_id": environment::id_of(*stage),
        "env_name": name,
        "remark": remark,
        "publish_time": time::rfc3339(*made_at),
    }));
    // 1: it is the one that serves.
    row.insert("status".to_owned(), json!(if entry.serves.contains(stage) { 1 } else { 2 }));
    Value::Object(row)
}

/// A version serves again, in the environment for which it was made.
pub(crate) async fn switch(call: &Call) -> Answer {
    let (api, _) = scope::api(&call.context, call.path("api_id")).await?;
    let named = call.read(|body| body.required("version_id").to_owned())?;
    let (version, _) = scope::version(&call.context, &named).await?;
    if version.value.api != api.value.id {
        return Err(not_found(paifang_model::Kind::Version, &named));
    }
    let stage = version.value.stage;
    let switched = call.context.switch_api(api.value.id, stage, version.value.id).await;
    let switched = switched.map_err(tell(&definition::TONGUE))?;
    let (remark, at) = (&switched.version.remark, switched.deployment.since);
    object(Record { api: &api.value, stage, version: switched.version.id, remark, at }.view())
}

/// The definition as it was frozen.
pub(crate) async fn version(call: &Call) -> Answer {
    let (version, group) = scope::version(&call.context, call.path("version_id")).await?;
    let stage = call.context.read_stage(version.value.stage).await.ok();
    let Version { id, api, stage: made_for, made_at, ref definition, .. } = version.value;
    let mut all = api::frozen(api, definition, &times_of(&version), &group);
    all.extend(members(json!({
        "version_id": id,
        "run_env_id": environment::id_of(made_for),
        "run_env_name": stage.map(|stage| stage.value.name),
        "publish_id": Id::from(Deployment::id_of(api, made_for)),
        "publish_time": time::rfc3339(made_at),
        "sl_domain": group.value.subdomain,
        "sl_domains": [group.value.subdomain],
        "api_group_info": common(call, &group).await?,
    })));
    object(Value::Object(all))
}

/// Offline wherever it serves.
pub(crate) async fn take_version_offline(call: &Call) -> Answer {
    let (version, _) = scope::version(&call.context, call.path("version_id")).await?;
    let (api, id) = (version.value.api, version.value.id);
    let filter = DeploymentFilter { api: Some(api), online: Some(true), ..DeploymentFilter::default() };
    let context = &call.context;
    let online: Result<Vec<Stored<Deployment>>, Fault> =
        scope::all(|paging| async move { context.list_deployments(filter, &paging).await }).await;
    let serving: Vec<_> = online?.into_iter().filter(|deployment| deployment.value.version == id).collect();
    if serving.is_empty() {
        return Err(codes::NOT_PUBLISHED.with(format!("id:{id}")));
    }
    for deployment in serving {
        call.context.take_api_offline(api, deployment.value.stage).await?;
    }
    nothing()
}
