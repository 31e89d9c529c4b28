//! `kind: access_list`. One list of each version of IP is in force: files that want two would take turns for ever.

use paifang_model::{AccessList, Id, Kind};
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(list) = reader.typed::<AccessList>(&[("id", json!(Id::ROOT))]) else { return };
    reader.note(list.check());
    let body = canonical(&list);
    if list.enforced.is_some()
        && let Some(other) = reader.wanted(Kind::AccessList, |other| is_enforced_beside(other, &body))
    {
        let message = format!("{other} is in force for {} already", list.ip_version.name());
        reader.complain("/enforced", message);
    }
    reader.want(Identity::outermost(Kind::AccessList, &list.name), body, Vec::new());
}

fn is_enforced_beside(other: &Value, body: &Value) -> bool {
    !other["enforced"].is_null() && other["ip_version"] == body["ip_version"] && other["name"] != body["name"]
}

/// What is compared, and what a list is to be.
pub(crate) fn canonical(list: &AccessList) -> Value {
    let mut body = super::without(list, &["id"]);
    body["enforced"] = json!(list.enforced);
    body
}

/// What of a body can be changed.
pub(crate) fn patch(body: &Value) -> Value {
    json!({ "entries": body["entries"], "enforced": body["enforced"] })
}
