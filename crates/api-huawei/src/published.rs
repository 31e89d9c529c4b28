//! What is published, as lists of APIs in environments show it.

use paifang_model::{Api, Deployment, Group, Id, Stage};
use serde_json::{Map, Value, json};

use crate::answer::members;
use crate::call::Call;
use crate::{definition, environment};

/// An API in an environment.
pub(crate) fn outline(api: &Api, group: &Group, stage: &Stage) -> Map<String, Value> {
    let written = definition::write(&api.definition);
    members(json!({
        "id": api.id,
        "name": written.get("name"),
        "remark": written.get("remark"),
        "req_uri": written.get("req_uri"),
        "auth_type": written.get("auth_type"),
        "tags": written.get("tags"),
        "group_id": group.id,
        "group_name": group.name,
        "run_env_id": environment::id_of(stage.id),
        "run_env_name": stage.name,
        "publish_id": Id::from(Deployment::id_of(api.id, stage.id)),
    }))
}

/// Whether an API is one that was asked for, by id, name and tags.
pub(crate) fn meets(call: &Call, api: &Api) -> bool {
    let tags = call.query.values("tags");
    let named = |name: &str| api.definition.name.to_lowercase().contains(&name.to_lowercase());
    call.query.value("api_id").is_none_or(|id| id == api.id.to_string())
        && call.query.value("api_name").is_none_or(named)
        && (tags.is_empty() || tags.iter().any(|tag| api.definition.tags.iter().any(|there| there == tag)))
}
