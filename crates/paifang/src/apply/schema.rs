//! The JSON Schema of the files, from the OpenAPI document: the same fields, with names in place of ids.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// What stands for an object in a file: its name.
const NAMED: [&str; 5] = ["AppId", "ApiId", "StageId", "BackendAccessId", "ChannelId"];
const COMPONENTS: &str = "#/components/schemas/";

/// The schema of one document.
pub(super) fn schema() -> Value {
    let openapi = serde_json::to_value(paifang_api_native::document()).unwrap_or_default();
    let mut schemas = super::members(openapi["components"]["schemas"].clone());
    for id in NAMED {
        schemas.insert(id.to_owned(), json!({ "type": "string", "description": "Its name." }));
    }
    // Members have no names; the gateway gives them ids.
    remove(&mut schemas, "Member", "id");
    let group = json!({ "type": "string", "description": "Its group: `pets`, or `alibaba/pets`." });
    let stage = json!({ "type": "string", "description": "Its stage." });
    let stages =
        json!({ "type": "array", "items": { "type": "string" }, "description": "Where it is deployed to." });
    let enabled = schemas["GroupPatch"]["properties"]["subdomain_enabled"].clone();
    let kinds = [
        kind("group", &schemas["GroupDraft"], json!({ "subdomain_enabled": enabled }), &[]),
        kind("stage", &schemas["StageDraft"], json!({}), &[]),
        kind(
            "variable",
            &schemas["VariableDraft"],
            json!({ "group": group, "stage": stage }),
            &["group", "stage"],
        ),
        kind("backend_access", &schemas["BackendAccessDraft"], json!({}), &[]),
        kind("channel", &schemas["ChannelDraft"], json!({}), &[]),
        kind("api", &schemas["Definition"], json!({ "group": group, "stages": stages }), &["group"]),
        kind("app", &app(), json!({}), &[]),
        kind("grant", &schemas["GrantsDraft"], json!({ "group": group }), &["group"]),
        kind("domain", &schemas["DomainDraft"], json!({ "group": group }), &["group"]),
    ];
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A document of `paifang apply`",
        "oneOf": kinds,
    });
    point_to_defs(&mut schema);
    let mut defs = Map::new();
    add_defs(&schema, &schemas, &mut defs);
    schema["$defs"] = Value::Object(defs);
    schema
}

fn app() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let key = json!({
        "type": "object", "additionalProperties": false, "required": ["key", "secret"],
        "properties": { "key": text("Its public text."), "secret": text("Its secret.") },
    });
    json!({
        "type": "object", "additionalProperties": false, "required": ["name"],
        "properties": {
            "name": text("Its name, unique in the account."),
            "description": text("What it is for."),
            "keys": { "type": "array", "items": key },
            "codes": { "type": "array", "items": text("A code.") },
        },
    })
}

/// A kind's own schema, with further properties.
fn kind(name: &str, draft: &Value, further: Value, required: &[&str]) -> Value {
    let mut schema = draft.clone();
    let mut properties = Map::from_iter([("kind".to_owned(), json!({ "const": name }))]);
    properties.extend(super::members(further));
    properties.extend(super::members(draft["properties"].clone()));
    schema["properties"] = Value::Object(properties);
    let drafted = draft["required"].as_array().cloned().unwrap_or_default();
    let all = std::iter::once("kind").chain(required.iter().copied()).map(Value::from);
    schema["required"] = all.chain(drafted).collect();
    schema["title"] = name.into();
    schema
}

fn remove(schemas: &mut Map<String, Value>, schema: &str, property: &str) {
    if let Some(Value::Object(properties)) =
        schemas.get_mut(schema).and_then(|schema| schema.get_mut("properties"))
    {
        properties.shift_remove(property);
    }
}

fn point_to_defs(schema: &mut Value) {
    match schema {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix(COMPONENTS) {
                *text = format!("#/$defs/{name}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(point_to_defs),
        Value::Object(members) => members.values_mut().for_each(point_to_defs),
        _ => {}
    }
}

/// Adds what a schema refers to, and what that refers to.
fn add_defs(schema: &Value, schemas: &Map<String, Value>, defs: &mut Map<String, Value>) {
    let mut names = BTreeSet::new();
    references(schema, &mut names);
    for name in names {
        if let Some(referred) = schemas.get(&name).filter(|_| !defs.contains_key(&name)) {
            let mut referred = merged(referred.clone(), schemas);
            point_to_defs(&mut referred);
            defs.insert(name, referred.clone());
            add_defs(&referred, schemas, defs);
        }
    }
}

/// The same with each `allOf` as one object: parts that allow no further members refuse those of each other.
fn merged(schema: Value, schemas: &Map<String, Value>) -> Value {
    let Value::Object(mut members) = schema else { return schema };
    if let Some(Value::Array(parts)) = members.shift_remove("allOf") {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for part in parts {
            let name = part["$ref"].as_str().and_then(|name| name.strip_prefix(COMPONENTS));
            let part = name.and_then(|name| schemas.get(name)).cloned().unwrap_or(part);
            properties.extend(super::members(part["properties"].clone()));
            required.extend(part["required"].as_array().cloned().unwrap_or_default());
        }
        members.insert("type".to_owned(), "object".into());
        members.insert("properties".to_owned(), properties.into());
        members.insert("required".to_owned(), required.into());
        members.insert("additionalProperties".to_owned(), false.into());
    }
    if let Some(Value::Array(choices)) = members.get_mut("oneOf") {
        for choice in choices {
            *choice = merged(choice.take(), schemas);
        }
    }
    Value::Object(members)
}

fn references(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::String(text) => names.extend(text.strip_prefix("#/$defs/").map(str::to_owned)),
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        Value::Object(members) => members.values().for_each(|member| references(member, names)),
        _ => {}
    }
}
