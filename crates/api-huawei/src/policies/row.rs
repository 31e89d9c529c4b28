//! How lists of bindings show an API in an environment.

use paifang_model::{Api, Deployment, Group, Id, Stage};
use serde_json::{Map, Value, json};

use super::OtherApi;
use crate::answer::members;
use crate::{definition, environment, published};

impl OtherApi {
    /// The API, with the policy that would give way under a name of its sort's own.
    pub(crate) fn row(self, name: &str) -> Value {
        let Self { api, group, stage, bound } = self;
        let mut row = outline(&api, &group, &stage);
        row.extend(bound.map(|bound| (name.to_owned(), json!(bound))));
        Value::Object(row)
    }
}

/// An API in an environment, with its type and method.
pub(crate) fn outline(api: &Api, group: &Group, stage: &Stage) -> Map<String, Value> {
    let written = definition::write(&api.definition);
    let mut all = published::outline(api, group, stage);
    for member in ["type", "req_method"] {
        all.extend(written.get(member).map(|value| (member.to_owned(), value.clone())));
    }
    all
}

/// The same under the names that some sorts have for it; null where nothing is there.
pub(crate) fn facts(api: &Api, group: &Group, stage: &Stage) -> Map<String, Value> {
    let written = definition::write(&api.definition);
    members(json!({
        "api_id": api.id,
        "api_name": written.get("name"),
        "api_type": written.get("type"),
        "api_remark": written.get("remark"),
        "req_method": written.get("req_method"),
        "tags": written.get("tags"),
        "group_name": group.name,
        "env_id": environment::id_of(stage.id),
        "env_name": stage.name,
        "publish_id": Id::from(Deployment::id_of(api.id, stage.id)),
    }))
}
