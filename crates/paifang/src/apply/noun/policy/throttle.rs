//! Throttling: excluded apps and users are named by their names; since when they are, the gateway notes.

use paifang_model::Kind;
use serde_json::{Value, json};

use super::{Form, plain};

pub(super) const FORM: Form = Form { references, noted, keep, ..plain(schema) };

fn specials(settings: &Value) -> impl Iterator<Item = (usize, &Value)> {
    settings.get("specials").and_then(Value::as_array).into_iter().flatten().enumerate()
}

fn references(settings: &Value) -> Vec<(String, Kind)> {
    let kind = |special: &Value| match special["object_type"].as_str() {
        Some("APP") => Some(Kind::App),
        Some("USER") => Some(Kind::Account),
        _ => None,
    };
    let reference =
        |(at, special): (usize, &Value)| Some((format!("/specials/{at}/object_id"), kind(special)?));
    specials(settings).filter_map(reference).collect()
}

fn noted(settings: &Value) -> Vec<String> {
    let all = specials(settings).filter(|(_, special)| special.get("applied_at").is_some());
    all.map(|(at, _)| format!("/specials/{at}/applied_at")).collect()
}

fn keep(settings: &mut Value, there: &Value) {
    let Some(Value::Array(new)) = settings.get_mut("specials") else { return };
    for special in new {
        let same = |(_, old): &(usize, &Value)| old["object_id"] == special["object_id"];
        if let Some(since) = specials(there).find(same).and_then(|(_, old)| old.get("applied_at")) {
            special["applied_at"] = since.clone();
        }
    }
}

fn schema() -> Value {
    let number = |least: u32, description: &str| json!({ "type": "integer", "minimum": least, "maximum": i32::MAX, "description": description });
    let special = json!({
        "type": "object", "additionalProperties": false, "required": ["object_type", "object_id", "call_limits"],
        "properties": {
            "object_type": { "enum": ["APP", "USER"], "description": "An app, or the account that the calling app belongs to." },
            "object_id": { "type": "string", "description": "Its name." },
            "call_limits": number(1, "Calls allowed in the period."),
        },
    });
    json!({
        "type": "object", "additionalProperties": false,
        "required": ["api_call_limits", "time_interval", "time_unit"],
        "properties": {
            "type": { "enum": [1, 2], "description": "1: each API counts on its own; 2: all together." },
            "time_interval": number(1, "How many units the period has."),
            "time_unit": { "enum": ["SECOND", "MINUTE", "HOUR", "DAY"] },
            "api_call_limits": number(1, "Calls of the API."),
            "user_call_limits": number(0, "Calls of one user; 0: no limit."),
            "app_call_limits": number(0, "Calls of one app; 0: no limit."),
            "ip_call_limits": number(0, "Calls from one address; 0: no limit."),
            "enable_adaptive_control": { "enum": ["FALSE"] },
            "specials": { "type": "array", "items": special, "description": "Excluded apps and users, with numbers of their own." },
        },
    })
}
