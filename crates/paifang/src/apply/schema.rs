//! The JSON Schema of the files, from the OpenAPI document: the same fields, with names in place of ids.

use std::collections::BTreeSet;

use paifang_model::{Dialect, PolicyKind};
use serde_json::{Map, Value, json};

/// What stands for an object in a file: its name.
const NAMED: [&str; 8] = [
    "AppId",
    "AccountId",
    "ApiId",
    "StageId",
    "BackendAccessId",
    "BackendServiceId",
    "ChannelId",
    "CertificateId",
];
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
    let mut kinds = vec![
        kind("group", &schemas["GroupDraft"], json!({ "subdomain_enabled": enabled }), &[]),
        kind("stage", &schemas["StageDraft"], json!({}), &[]),
        kind(
            "variable",
            &schemas["VariableDraft"],
            json!({ "group": group, "stage": stage }),
            &["group", "stage"],
        ),
        kind("backend_instance", &schemas["BackendInstanceDraft"], json!({}), &[]),
        kind("backend_access", &schemas["BackendAccessDraft"], json!({}), &[]),
        kind("channel", &schemas["ChannelDraft"], json!({}), &[]),
        kind("backend_service", &service(&schemas), json!({}), &[]),
        kind("api", &schemas["Definition"], json!({ "group": group, "stages": stages }), &["group"]),
        kind("app_quota", &schemas["AppQuotaDraft"], json!({}), &[]),
        kind("app", &app(), json!({}), &[]),
        kind("grant", &schemas["GrantsDraft"], json!({ "group": group }), &["group"]),
        kind("certificate", &schemas["CertificateDraft"], json!({}), &[]),
        kind("domain", &schemas["DomainDraft"], json!({ "group": group }), &["group"]),
        kind("access_list", &schemas["AccessListDraft"], json!({}), &[]),
        kind("black_list", &schemas["BlackListDraft"], json!({}), &[]),
        kind("binding", &binding(), json!({ "group": group, "stage": stage }), &["group", "stage"]),
        kind(
            "group_binding",
            &group_binding(),
            json!({ "group": group, "stage": stage }),
            &["group", "stage"],
        ),
    ];
    for dialect in Dialect::ALL {
        let draft = &schemas["PolicyDraft"];
        kinds.extend(PolicyKind::ALL.iter().filter_map(|kind| policy(dialect, *kind, draft)));
    }
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
    let access = json!({
        "type": "object", "additionalProperties": false, "required": ["effect", "addresses"],
        "description": "From where it calls; absent: from anywhere.",
        "properties": {
            "effect": { "enum": ["allow", "deny"], "description": "From these addresses alone, or from all others." },
            "addresses": { "type": "array", "items": text("An address, a network or a range.") },
        },
    });
    let key = json!({
        "type": "object", "additionalProperties": false, "required": ["key", "secret"],
        "properties": { "key": text("Its public text."), "secret": text("Its secret.") },
    });
    json!({
        "type": "object", "additionalProperties": false, "required": ["name"],
        "properties": {
            "name": text("Its name, unique in the account."),
            "description": text("What it is for."),
            "access": access,
            "frozen": { "type": "boolean", "description": "Whether its calls are refused." },
            "quota": text("Its quota, by name; absent: none."),
            "keys": { "type": "array", "items": key },
            "codes": { "type": "array", "items": text("A code.") },
        },
    })
}

/// A backend service has another name for its kind, and definitions with the names of their stages.
fn service(schemas: &Map<String, Value>) -> Value {
    let mut draft = schemas["BackendServiceDraft"].clone();
    let mut properties = super::members(draft["properties"].take());
    let kind = properties.shift_remove("kind").unwrap_or_default();
    properties.insert("service_kind".to_owned(), kind);
    let mut definition = schemas["ServiceDefinitionDraft"].clone();
    definition["properties"]["stage"] = json!({ "type": "string", "description": "Its stage." });
    definition["required"] = json!(["stage", "target"]);
    properties.insert("definitions".to_owned(), json!({ "type": "array", "items": definition }));
    draft["properties"] = properties.into();
    draft["required"] = json!(["name", "service_kind"]);
    draft
}

fn binding() -> Value {
    let apis = json!({
        "type": "array", "items": { "type": "string" },
        "description": "Names of APIs; absent: all of the group that the files deploy to the stage.",
    });
    let mut binding = group_binding();
    binding["properties"]["apis"] = apis;
    binding
}

fn group_binding() -> Value {
    let policy = "Its policy: `gold`, or `throttle/gold`.";
    json!({
        "type": "object", "additionalProperties": false, "required": ["policy"],
        "properties": { "policy": { "type": "string", "description": policy } },
    })
}

/// A policy's schema has another name for its kind, and settings of it, which differ by dialect.
fn policy(dialect: Dialect, policy_kind: PolicyKind, draft: &Value) -> Option<Value> {
    let settings = super::noun::policy::schema(dialect, policy_kind)?;
    let mut draft = draft.clone();
    let mut properties = super::members(draft["properties"].take());
    properties.shift_remove("kind");
    match policy_kind.has_secret() {
        true => drop(
            properties.insert("secret".to_owned(), json!({ "type": "string", "description": "Its secret." })),
        ),
        false => drop(properties.shift_remove("secret")),
    }
    properties.insert("policy_kind".to_owned(), json!({ "const": policy_kind.name() }));
    properties.insert("dialect".to_owned(), json!({ "const": dialect.name() }));
    properties.insert("settings".to_owned(), settings);
    draft["properties"] = properties.into();
    let required = draft["required"].as_array().cloned().unwrap_or_default().into_iter();
    let required = required.chain(policy_kind.has_secret().then(|| json!("secret")));
    draft["required"] =
        required.map(|name| if name == "kind" { json!("policy_kind") } else { name }).collect();
    let mut schema = kind("policy", &draft, json!({}), &[]);
    schema["title"] = format!("policy {dialect} {policy_kind}").into();
    Some(schema)
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
            let mut referred = referred.clone();
            point_to_defs(&mut referred);
            defs.insert(name, referred.clone());
            add_defs(&referred, schemas, defs);
        }
    }
}

fn references(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::String(text) => names.extend(text.strip_prefix("#/$defs/").map(str::to_owned)),
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        Value::Object(members) => members.values().for_each(|member| references(member, names)),
        _ => {}
    }
}
