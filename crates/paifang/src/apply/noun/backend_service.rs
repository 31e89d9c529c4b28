//! `kind: backend_service`. Its own kind is called `service_kind`; definitions have the names of their stages, and of
//! accesses and channels.

use std::collections::HashMap;

use paifang_model::{BackendService, Dialect, Id, Kind};
use serde_json::{Map, Value, json};

use super::reference;
use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Whose stages have definitions.
pub(crate) const DIALECT: Dialect = Dialect::Alibaba;

/// What the gateway notes about a definition.
const NOTED: [&str; 2] = ["made_at", "changed_at"];

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let mut fields = reader.fields().clone();
    if fields.contains_key("id") {
        reader.complain("/id", "the gateway chooses it: leave it out");
    }
    if let Some(kind) = fields.shift_remove("service_kind") {
        fields.insert("kind".to_owned(), kind);
    }
    let needs = names_to_ids(&mut fields);
    fields.insert("id".to_owned(), json!(Id::ROOT));
    let Some(service) = reader.typed_from::<BackendService>(fields) else { return };
    reader.note(service.check());
    let names: HashMap<(Kind, String), &str> =
        needs.iter().map(|(_, need)| ((need.kind, stand_in(need)), need.name())).collect();
    let body =
        canonical(&service, |kind, id| names.get(&(kind, id.to_owned())).map(|name| (*name).to_owned()));
    reader.want(Identity::backend_service(&service.name), body, needs);
}

/// Puts an id in place of each name, as the model wants it, and what the gateway notes; which, is forgotten again by
/// [`canonical`].
pub(crate) fn names_to_ids(fields: &mut Map<String, Value>) -> Vec<(String, Identity)> {
    let mut needs = Vec::new();
    let definitions = fields.get_mut("definitions").and_then(Value::as_array_mut);
    for (index, definition) in definitions.into_iter().flatten().enumerate() {
        let Value::Object(definition) = definition else { continue };
        let pointer = format!("/definitions/{index}");
        if let Some(Value::String(name)) = definition.get("stage") {
            let stage = Identity::stage(DIALECT, name);
            definition.insert("stage".to_owned(), json!(stand_in(&stage)));
            needs.push((format!("{pointer}/stage"), stage));
        }
        for noted in NOTED {
            definition.entry(noted).or_insert(json!(0));
        }
        needs.extend(reference::to_ids(definition.get_mut("target"), &format!("{pointer}/target")));
    }
    needs
}

fn stand_in(need: &Identity) -> String {
    reference::stand_in(need).to_string()
}

/// What is compared: the definitions in the order of their stages' names, with the names of what they need.
pub(crate) fn canonical(service: &BackendService, name_of: impl Fn(Kind, &str) -> Option<String>) -> Value {
    let mut body = super::without(service, &["id", "name", "definitions"]);
    let mut definitions: Vec<Value> = Vec::with_capacity(service.definitions.len());
    for definition in &service.definitions {
        let mut shown = super::without(definition, &NOTED);
        if let Some(stage) = name_of(Kind::Stage, &definition.stage.to_string()) {
            shown["stage"] = json!(stage);
        }
        reference::replace(shown.get_mut("target"), |kind, id| name_of(kind, id));
        definitions.push(shown);
    }
    definitions.sort_by_key(|definition| definition["stage"].to_string());
    body["definitions"] = definitions.into();
    body
}

/// What a body names.
pub(crate) fn named(body: &Value) -> Vec<Identity> {
    let mut fields = body.as_object().cloned().unwrap_or_default();
    names_to_ids(&mut fields).into_iter().map(|(_, named)| named).collect()
}

/// A definition as the gateway takes it: with the ids of what it needs.
pub(crate) fn draft(definition: &Value, id_of: impl Fn(&Identity) -> Option<String>) -> Value {
    let mut draft = super::without(definition, &["stage"]);
    reference::replace(draft.get_mut("target"), |kind, name| id_of(&reference::identity(kind, name)?));
    draft
}
