//! Where throttling policies are bound: APIs in environments, named by their publication records.

mod create;
mod delete;
mod list;
mod other;

pub(crate) use create::create;
pub(crate) use delete::{delete, delete_several};
pub(crate) use list::{apis, throttles};
pub(crate) use other::other_apis;

use paifang_control::Stored;
use paifang_model::{Api, Binding, Deployment, Group, Id, Stage};
use serde_json::{Map, Value, json};

use crate::{definition, published, time};

/// An API in an environment, as both lists of APIs show it.
fn outline(api: &Api, group: &Group, stage: &Stage) -> Map<String, Value> {
    let written = definition::write(&api.definition);
    let mut all = published::outline(api, group, stage);
    for member in ["type", "req_method"] {
        all.extend(written.get(member).map(|value| (member.to_owned(), value.clone())));
    }
    all
}

/// What a binding shows when it is made.
fn applied(binding: &Stored<Binding>) -> Value {
    let Binding { id, policy, api, stage, .. } = binding.value;
    json!({
        "id": id,
        "publish_id": Id::from(Deployment::id_of(api, stage)),
        // For the whole API, not for single users or apps.
        "scope": 1,
        "strategy_id": policy,
        "apply_time": time::rfc3339(binding.created_at),
    })
}
