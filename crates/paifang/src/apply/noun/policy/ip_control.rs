//! IP control: apps with addresses of their own are named by their names. Where items are changed one at a time, the gateway
//! notes what each is called and since when it is there.

use paifang_model::Kind;
use serde_json::{Value, json};

use super::{Form, NamedBy, digits, plain};

pub(super) const FORM: Form = Form { references, noted, keep, named_by: NamedBy::Number, ..plain(schema) };

/// What is noted of an item.
const NOTES: [&str; 3] = ["id", "createdAt", "modifiedAt"];

fn items(settings: &Value) -> impl Iterator<Item = (usize, &Value)> {
    settings.get("items").and_then(Value::as_array).into_iter().flatten().enumerate()
}

fn noted(settings: &Value) -> Vec<String> {
    let notes = |(at, item): (usize, &Value)| {
        let there = NOTES.into_iter().filter(|name| item.get(name).is_some());
        there.map(move |name| format!("/items/{at}/{name}")).collect::<Vec<_>>()
    };
    items(settings).flat_map(notes).collect()
}

/// An item that says the same is the same item.
fn keep(settings: &mut Value, there: &Value) {
    let Some(Value::Array(new)) = settings.get_mut("items") else { return };
    for item in new {
        let same = |(_, old): &(usize, &Value)| {
            let app = |item: &Value| item.get("appId").and_then(digits);
            old.get("blocks") == item.get("blocks") && app(old) == app(item)
        };
        let Some((_, old)) = items(there).find(same) else { continue };
        for name in NOTES {
            if let Some(note) = old.get(name) {
                item[name] = note.clone();
            }
        }
    }
}

fn references(settings: &Value) -> Vec<(String, Kind)> {
    let of_apps = items(settings).filter(|(_, item)| item.get("appId").is_some());
    of_apps.map(|(at, _)| (format!("/items/{at}/appId"), Kind::App)).collect()
}

fn schema() -> Value {
    let block =
        json!({ "type": "string", "description": "An address or a network.", "examples": ["192.0.2.0/24"] });
    let item = json!({
        "type": "object", "additionalProperties": false, "required": ["blocks"],
        "properties": {
            "blocks": { "type": "array", "items": block },
            "appId": { "type": "string", "description": "For this app alone: its name." },
        },
    });
    json!({
        "type": "object", "additionalProperties": false, "required": ["type", "items"],
        "properties": {
            "type": { "enum": ["ALLOW", "REFUSE"], "description": "Who is listed is let in alone, or is kept out." },
            "resource": { "type": "string", "description": "An element of X-Forwarded-For in place of the client's address.", "examples": ["XFF:-1"] },
            "items": { "type": "array", "items": item },
        },
    })
}
