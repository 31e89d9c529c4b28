//! `kind: group`. Its parent is its dialect.

use paifang_model::{Group, Id};
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let unknown = json!(Id::ROOT);
    let chosen = [("id", unknown.clone()), ("account", unknown), ("subdomain", json!(""))];
    let Some(group) = reader.typed::<Group>(&chosen) else { return };
    reader.note(group.check());
    reader.want(Identity::group(group.dialect, &group.name), canonical(group), Vec::new());
}

/// What is compared.
pub(crate) fn canonical(mut group: Group) -> Value {
    for header in &mut group.passthrough_headers {
        header.make_ascii_lowercase();
    }
    let mut value = super::without(&group, &["id", "account", "subdomain", "dialect", "name"]);
    // A patch takes away only what it names, and an object leaves out what is as it comes.
    value["calls_per_second"] = json!(group.calls_per_second);
    value["tls"] = json!(group.tls);
    value["extra"] = group.extra.into();
    value
}

/// What a new group is to be, as far as it can be said when it is made.
pub(crate) fn draft(identity: &Identity, body: &Value) -> Value {
    let mut draft = body.clone();
    draft["dialect"] = json!(identity.dialect());
    draft["name"] = json!(identity.name());
    if let Value::Object(draft) = &mut draft {
        draft.shift_remove("subdomain_enabled");
    }
    draft
}
