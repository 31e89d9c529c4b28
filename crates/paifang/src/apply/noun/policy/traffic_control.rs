//! Traffic control: apps and users with limits of their own are named by their names.

use paifang_model::Kind;
use serde_json::{Value, json};

use super::{Form, NamedBy, plain};

pub(super) const FORM: Form = Form { references, named_by: NamedBy::Number, ..plain(schema) };

fn references(settings: &Value) -> Vec<(String, Kind)> {
    let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).map_or(0, Vec::len);
    let mut all = Vec::new();
    for group in 0..list(settings, "specials") {
        let special = &settings["specials"][group];
        let kind = match special["type"].as_str() {
            Some("APP") => Kind::App,
            Some("USER") => Kind::Account,
            _ => continue,
        };
        let policies = list(special, "policies");
        all.extend((0..policies).map(|at| (format!("/specials/{group}/policies/{at}/key"), kind)));
    }
    all
}

fn number(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": 100_000_000, "description": description })
}

fn text(example: &str, description: &str) -> Value {
    json!({ "type": "string", "description": description, "examples": [example] })
}

fn schema() -> Value {
    let units = json!({ "enum": ["SECOND", "MINUTE", "HOUR", "DAY"] });
    json!({
        "type": "object", "additionalProperties": false,
        "properties": {
            "unit": units,
            "apiDefault": number("Calls of the API."),
            "userDefault": number("Calls of one user."),
            "appDefault": number("Calls of one app."),
            "controlMode": { "enum": ["FIX_WINDOW"], "description": "Whole seconds in place of a token bucket." },
            "blockingMode": { "enum": ["QUICK_RETURN"], "description": "Said of a token bucket; calls are never queued." },
            "specials": { "type": "array", "items": special() },
            "scope": { "enum": ["API", "PLUGIN"], "description": "API: each API counts on its own; PLUGIN: all together." },
            "defaultLimit": number("Calls that no rule counts."),
            "defaultPeriod": { "type": "integer", "minimum": 1, "maximum": 86_400, "description": "How many units the period has." },
            "defaultTimeUnit": units,
            "defaultRetryAfter": { "type": "integer", "minimum": 1, "maximum": 86_400, "description": "Seconds that callers are told to wait." },
            "parameters": {
                "type": "object", "additionalProperties": { "type": "string" },
                "description": "Names for something of a call.", "examples": [{ "user": "Query:user" }],
            },
            "rules": { "type": "array", "items": rule(&units) },
        },
    })
}

fn special() -> Value {
    let key = json!({
        "type": ["string", "integer"], "examples": ["tea-house"],
        "description": "Its name; of an account that is not one's own, its number.",
    });
    let policy = json!({
        "type": "object", "additionalProperties": false, "required": ["key", "value"],
        "properties": { "key": key, "value": number("Calls allowed in the period.") },
    });
    json!({
        "type": "object", "additionalProperties": false, "required": ["type"],
        "properties": {
            "type": { "enum": ["APP", "USER"], "description": "Apps, or the accounts that calling apps belong to." },
            "policies": { "type": "array", "items": policy },
        },
    })
}

fn rule(units: &Value) -> Value {
    json!({
        "type": "object", "additionalProperties": false, "required": ["name", "byParameters", "limit"],
        "properties": {
            "name": text("byUser", "Its name, unique in the plug-in."),
            "byParameters": text("user", "Parameters that count apart, separated by commas."),
            "condition": text("$user != 'admin'", "Which calls it counts; absent: all."),
            "limit": number("Calls allowed in the period."),
            "period": { "type": "integer", "minimum": 1, "maximum": 86_400, "description": "How many units the period has." },
            "timeUnit": units,
        },
    })
}
