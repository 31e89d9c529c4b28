//! What definitions of APIs and of backend services refer to in a member `to`: by name in files, by id on the gateway.

use paifang_model::{Id, Kind};
use serde_json::{Value, json};

use crate::apply::object::Identity;

/// Members of `to`, and what their values name.
const REFERENCES: [(&str, Kind); 2] = [("access", Kind::BackendAccess), ("channel", Kind::Channel)];

/// What a name refers to.
pub(crate) fn identity(kind: Kind, name: &str) -> Option<Identity> {
    match kind {
        Kind::BackendAccess => Some(Identity::backend_access(name)),
        Kind::BackendService => Some(Identity::backend_service(name)),
        Kind::Channel => Some(Identity::channel(name)),
        _ => None,
    }
}

/// An id that the model can read where files have a name.
pub(crate) fn stand_in(named: &Identity) -> Id {
    Id::derived(named.kind.name(), &[named.name().as_bytes()])
}

/// Puts ids in place of the names below `to` of what stands at a pointer; tells what was named where.
pub(crate) fn to_ids(holder: Option<&mut Value>, pointer: &str) -> Vec<(String, Identity)> {
    let mut needs = Vec::new();
    replace_at(holder, |member, kind, name| {
        let named = identity(kind, name)?;
        let id = stand_in(&named);
        needs.push((format!("{pointer}/to/{member}"), named));
        Some(json!(id))
    });
    needs
}

/// Replaces what stands below `to`: ids by names, or names by ids.
pub(crate) fn replace(holder: Option<&mut Value>, with: impl Fn(Kind, &str) -> Option<String>) {
    replace_at(holder, |_, kind, text| with(kind, text).map(Value::String));
}

fn replace_at(holder: Option<&mut Value>, mut with: impl FnMut(&str, Kind, &str) -> Option<Value>) {
    let Some(Value::Object(to)) = holder.and_then(|holder| holder.get_mut("to")) else { return };
    for (member, kind) in REFERENCES {
        if let Some(Value::String(text)) = to.get(member)
            && let Some(new) = with(member, kind, text)
        {
            to.insert(member.to_owned(), new);
        }
    }
}
