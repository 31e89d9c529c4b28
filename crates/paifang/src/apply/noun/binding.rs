//! `kind: binding`: a policy holds for some APIs of a group in a stage. Each API is an object.

use paifang_model::Kind;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Bindings as a file says them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bindings {
    policy: String,
    group: String,
    /// Absent: all that the files deploy to the stage.
    apis: Option<Vec<String>>,
    stage: String,
}

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(Bindings { policy, group, apis, stage }) = reader.typed::<Bindings>(&[]) else { return };
    let Some(group) = reader.group("/group", &group) else { return };
    let Some(dialect) = group.dialect() else { return };
    let Some(policy) = reader.policy("/policy", &policy, dialect) else { return };
    let Some(kind) = policy.policy_kind() else { return };
    let stage = Identity::stage(dialect, &stage);
    for (pointer, api) in apis_of(reader, &group, apis, &stage) {
        let identity = api.binding(&stage, kind);
        let mut needs = vec![("/policy".to_owned(), policy.clone()), ("/stage".to_owned(), stage.clone())];
        // Nothing is deployed that is not there.
        let needs_deployment = dialect.rules().bindings_need_deployment;
        let bound = if needs_deployment { api.deployment(&stage) } else { api };
        needs.push((pointer.clone(), bound));
        reader.want_at(identity, canonical(&policy), needs, &pointer);
    }
}

/// The APIs that a document names, or all of its group that are deployed, with pointers to where it says so.
fn apis_of(
    reader: &mut Reader<'_>,
    group: &Identity,
    named: Option<Vec<String>>,
    stage: &Identity,
) -> Vec<(String, Identity)> {
    let Some(named) = named else {
        let deployed = reader.deployed(group, stage);
        if deployed.is_empty() {
            let message = format!("the files deploy no API of it to `{}`: name `apis`", stage.name());
            reader.complain("/group", message);
        }
        return deployed.into_iter().map(|api| ("/group".to_owned(), api)).collect();
    };
    if named.is_empty() {
        reader.complain("/apis", "name at least one; without `apis`, all that the files deploy are meant");
    }
    named.iter().enumerate().map(|(at, api)| (format!("/apis/{at}"), group.api(api))).collect()
}

/// What is compared: which policy is bound.
pub(crate) fn canonical(policy: &Identity) -> Value {
    json!({ "policy": policy.name() })
}

/// The policy that is bound in a place.
pub(crate) fn policy(identity: &Identity, body: &Value) -> Identity {
    let name = body["policy"].as_str().unwrap_or_default();
    let (dialect, kind) = (identity.path.first(), identity.path.last());
    let path = dialect.into_iter().chain(kind).cloned().chain([name.to_owned()]);
    Identity { kind: Kind::Policy, path: path.collect() }
}
