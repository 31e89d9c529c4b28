//! Limits as a plug-in has them: apps and users with limits of their own are named by their names.

use paifang_model::Kind;
use serde_json::{Value, json};

use super::{Form, plain};

pub(super) const FORM: Form = Form { references, ..plain(schema) };

fn references(settings: &Value) -> Vec<(String, Kind)> {
    let list =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut all = Vec::new();
    for (group, special) in list(settings, "specials").iter().enumerate() {
        let kind = match special["type"].as_str() {
            Some("app") => Kind::App,
            Some("user") => Kind::Account,
            _ => continue,
        };
        let policies = list(special, "policies").len();
        all.extend((0..policies).map(|at| (format!("/specials/{group}/policies/{at}/key"), kind)));
    }
    all
}

fn schema() -> Value {
    let number = |least: u32, description: &str| json!({ "type": "integer", "minimum": least, "maximum": i32::MAX, "description": description });
    let policy = json!({
        "type": "object", "additionalProperties": false, "required": ["key", "limit"],
        "properties": {
            "key": { "type": "string", "description": "Its name." },
            "limit": number(1, "Calls allowed in the period."),
        },
    });
    let special = json!({
        "type": "object", "additionalProperties": false, "required": ["type"],
        "properties": {
            "type": { "enum": ["app", "user"], "description": "Apps, or the accounts that calling apps belong to." },
            "policies": { "type": "array", "items": policy },
        },
    });
    json!({
        "type": "object", "additionalProperties": false,
        "required": ["scope", "default_interval", "default_time_unit", "api_limit"],
        "properties": {
            "scope": { "enum": ["basic", "share"], "description": "basic: each API counts on its own; share: all together." },
            "default_interval": number(1, "How many units the period has."),
            "default_time_unit": { "enum": ["second", "minute", "hour", "day"] },
            "api_limit": number(1, "Calls of the API."),
            "user_limit": number(0, "Calls of one user; 0: no limit."),
            "app_limit": number(0, "Calls of one app; 0: no limit."),
            "ip_limit": number(0, "Calls from one address; 0: no limit."),
            "algorithm": { "enum": ["counter"] },
            "specials": { "type": "array", "items": special, "description": "Apps and users with limits of their own." },
        },
    })
}
