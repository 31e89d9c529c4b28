//! A plug-in as it is shown.

use paifang_control::Stored;
use paifang_model::{Binding, Policy, Stage};
use serde_json::{Map, Value, json};

use super::type_of;
use crate::answer::members;
use crate::{environment, time};

pub(super) fn view(stored: &Stored<Policy>) -> Map<String, Value> {
    let policy = &stored.value;
    members(json!({
        "plugin_id": policy.id,
        "plugin_name": policy.name,
        "plugin_type": type_of(policy.kind),
        "plugin_scope": "global",
        "plugin_content": policy.settings.to_string(),
        "remark": policy.remark,
        "create_time": time::rfc3339(stored.created_at),
        "update_time": time::rfc3339(stored.updated_at),
    }))
}

/// Where it is attached, for those who look at what is attached there.
pub(super) fn place(binding: &Stored<Binding>, stage: &Stage) -> Map<String, Value> {
    members(json!({
        "plugin_attach_id": binding.value.id,
        "env_id": environment::id_of(stage.id),
        "env_name": stage.name,
        "attached_time": time::rfc3339(binding.created_at),
    }))
}
