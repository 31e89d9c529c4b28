//! `kind: api`: a definition, the group that it belongs to, and the stages that it is deployed to.

use paifang_model::definition::policy;
use paifang_model::{Definition, Dialect, Kind, Violations};
use serde_json::{Map, Value, json};

use super::reference;
use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let mut fields = reader.fields().clone();
    let group = reader.reference("/group", fields.shift_remove("group"));
    let group = group.and_then(|name| reader.group("/group", &name));
    let stages = stages(reader, fields.shift_remove("stages"));
    let mut needs = names_to_ids(&mut fields);
    let Some(definition) = reader.typed_from::<Definition>(fields) else { return };
    let Some((group, dialect)) = group.and_then(|group| Some((group.clone(), group.dialect()?))) else {
        return;
    };
    check(reader, &definition, dialect);
    let variables: Vec<(String, String)> =
        definition.variables().into_iter().map(|place| (place.pointer, place.name.to_owned())).collect();
    let identity = group.api(&definition.name);
    let named = |kind: Kind, id: &str| {
        let is_meant = |need: &Identity| need.kind == kind && reference::stand_in(need).to_string() == id;
        needs.iter().find(|(_, need)| is_meant(need)).map(|(_, need)| need.name().to_owned())
    };
    let body = canonical(definition, dialect, named);
    needs.push(("/group".to_owned(), group.clone()));
    reader.want(identity.clone(), body.clone(), needs);
    for (index, stage) in stages.iter().enumerate() {
        let (stage, pointer) = (Identity::stage(dialect, stage), format!("/stages/{index}"));
        let values = variables.iter().map(|(at, name)| (at.clone(), group.variable(&stage, name)));
        let needs = std::iter::once((pointer.clone(), stage.clone())).chain(values).collect();
        reader.want_at(identity.deployment(&stage), body.clone(), needs, &pointer);
    }
}

/// The stages that a document names.
fn stages(reader: &mut Reader<'_>, given: Option<Value>) -> Vec<String> {
    match given.map(serde_json::from_value) {
        None => Vec::new(),
        Some(Ok(stages)) => stages,
        Some(Err(_)) => {
            reader.complain("/stages", "the names of stages are expected, as a list");
            Vec::new()
        }
    }
}

/// Puts an id in place of each name, as the model wants it; which, is forgotten again by [`canonical`].
pub(crate) fn names_to_ids(fields: &mut Map<String, Value>) -> Vec<(String, Identity)> {
    let mut needs = reference::to_ids(fields.get_mut("backend"), "/backend");
    for (index, backend) in backends_of_policies(fields.get_mut("backend_policies")).enumerate() {
        needs.extend(reference::to_ids(backend, &format!("{}/backend", policy::at(index))));
    }
    if let Some(Value::Object(backend)) = fields.get_mut("backend")
        && let Some(Value::String(name)) = backend.get("service")
    {
        let service = Identity::backend_service(name);
        backend.insert("service".to_owned(), json!(reference::stand_in(&service)));
        needs.push(("/backend/service".to_owned(), service));
    }
    needs
}

/// The backends of a definition's backend policies, where one has any.
fn backends_of_policies(policies: Option<&mut Value>) -> impl Iterator<Item = Option<&mut Value>> {
    let policies = policies.and_then(Value::as_array_mut).into_iter().flatten();
    policies.map(|policy| policy.get_mut("backend"))
}

/// The gateway's own rules, as far as they need nothing of the gateway.
fn check(reader: &mut Reader<'_>, definition: &Definition, dialect: Dialect) {
    reader.note(definition.check(dialect));
    reader.note(paifang_proxy::check(&definition.with_stand_ins(), dialect));
    let at_most = reader.rules().limits(dialect).backend_timeout_ms;
    for (at, backend) in definition.backends() {
        if let Some(timeout_ms) = backend.timeout_ms().filter(|timeout_ms| *timeout_ms > at_most) {
            let message = format!("{timeout_ms} ms is out of range: 1 to {at_most} are allowed");
            let pointer = format!("{at}/timeout_ms");
            reader.note(Err(Violations::one(pointer, paifang_model::Rule::Range, message)));
        }
    }
}

/// What is compared: the definition as its dialect stores it, with the names of what it needs.
pub(crate) fn canonical(
    definition: Definition,
    dialect: Dialect,
    name_of: impl Fn(Kind, &str) -> Option<String>,
) -> Value {
    let mut body = serde_json::to_value(definition.in_dialect(dialect)).unwrap_or_default();
    replace_references(&mut body, name_of);
    body
}

/// A body as the gateway takes it: with the ids of what it needs.
pub(crate) fn definition(body: &Value, id_of: impl Fn(&Identity) -> Option<String>) -> Value {
    let mut definition = body.clone();
    replace_references(&mut definition, |kind, name| id_of(&reference::identity(kind, name)?));
    definition
}

/// What a body names.
pub(crate) fn named(body: &Value) -> Vec<Identity> {
    let mut fields = body.as_object().cloned().unwrap_or_default();
    names_to_ids(&mut fields).into_iter().map(|(_, named)| named).collect()
}

fn replace_references(body: &mut Value, with: impl Fn(Kind, &str) -> Option<String>) {
    reference::replace(body.get_mut("backend"), &with);
    for backend in backends_of_policies(body.get_mut("backend_policies")) {
        reference::replace(backend, &with);
    }
    if let Some(Value::Object(backend)) = body.get_mut("backend")
        && let Some(Value::String(text)) = backend.get("service")
        && let Some(new) = with(Kind::BackendService, text)
    {
        backend.insert("service".to_owned(), json!(new));
    }
}
