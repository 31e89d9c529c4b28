//! `kind: black_list`. Apps and the gateway's own account are called by their names; other accounts by their ids.

use paifang_model::{BlackList, BlackListEntries, Id, Kind};
use serde_json::{Map, Value, json};

use super::reference::stand_in;
use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let mut fields = reader.fields().clone();
    let named = fields.get("entries").cloned().unwrap_or_default();
    let needs = names_to_ids(&mut fields);
    let chosen = ["id", "account"].map(|name| (name, json!(Id::ROOT)));
    let Some(list) = reader.completed::<BlackList>(fields, &chosen) else { return };
    reader.note(list.check());
    let mut body = super::without(&list, &["id", "account"]);
    body["entries"] = named;
    reader.want(Identity::outermost(Kind::BlackList, &list.name), body, needs);
}

/// Puts an id in place of each name, as the model wants it; which, is forgotten again.
fn names_to_ids(fields: &mut Map<String, Value>) -> Vec<(String, Identity)> {
    let mut needs = Vec::new();
    let Some(Value::Object(entries)) = fields.get_mut("entries") else { return needs };
    for (member, kind) in NAMED {
        let Some(Value::Array(names)) = entries.get_mut(member) else { continue };
        for (index, name) in names.iter_mut().enumerate() {
            let Some(text) = name.as_str().filter(|text| kind == Kind::App || !is_id(text)) else { continue };
            let named = Identity::outermost(kind, text);
            *name = json!(stand_in(&named));
            needs.push((format!("/entries/{member}/{index}"), named));
        }
    }
    needs
}

/// Members of entries, and what is listed there by name.
const NAMED: [(&str, Kind); 2] = [("app", Kind::App), ("user", Kind::Account)];

fn is_id(text: &str) -> bool {
    text.parse::<Id>().is_ok()
}

/// What is compared, with names in place of ids.
pub(crate) fn canonical(list: &BlackList, name_of: impl Fn(Kind, &str) -> Option<String>) -> Value {
    let mut body = super::without(list, &["id", "account"]);
    for (member, kind) in NAMED {
        let Some(ids) = body["entries"].get_mut(member).and_then(Value::as_array_mut) else { continue };
        for id in ids {
            if let Some(name) = id.as_str().and_then(|text| name_of(kind, text)) {
                *id = json!(name);
            }
        }
    }
    body
}

/// The ids of the apps on a list.
pub(crate) fn apps(list: &BlackList) -> Vec<String> {
    match &list.entries {
        BlackListEntries::App(apps) => apps.iter().map(ToString::to_string).collect(),
        BlackListEntries::Address(_) | BlackListEntries::User(_) => Vec::new(),
    }
}

/// A list as the gateway takes it: with the ids of whom it names.
pub(crate) fn draft(body: &Value, id_of: impl Fn(&Identity) -> Option<String>) -> Value {
    let mut draft = body.clone();
    for (member, kind) in NAMED {
        let Some(names) = draft["entries"].get_mut(member).and_then(Value::as_array_mut) else { continue };
        for name in names {
            let id = name.as_str().and_then(|name| id_of(&Identity::outermost(kind, name)));
            if let Some(id) = id {
                *name = json!(id);
            }
        }
    }
    draft
}
