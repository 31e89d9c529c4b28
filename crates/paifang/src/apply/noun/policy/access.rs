//! Access control: lists say all that they name by value. Where items are changed one at a time, the gateway notes what each
//! is called and since when it is there.

use serde_json::{Value, json};

use super::Form;

pub(super) const ADDRESSES: Form = Form { noted, keep, ..form(addresses) };
pub(super) const NAMES: Form = form(names);
pub(super) const IDS: Form = form(ids);

const fn form(schema: fn() -> Value) -> Form {
    Form { references: |_| Vec::new(), noted: |_| Vec::new(), keep: |_, _| {}, schema }
}

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
            old.get("blocks") == item.get("blocks") && old.get("appId") == item.get("appId")
        };
        let Some((_, old)) = items(there).find(same) else { continue };
        for name in NOTES {
            if let Some(note) = old.get(name) {
                item[name] = note.clone();
            }
        }
    }
}

fn addresses() -> Value {
    schema(
        "127.0.0.1",
        "Addresses, networks (`192.0.2.0/24`) and ranges (`192.0.2.5-192.0.2.9`), separated by commas.",
    )
}

fn names() -> Value {
    schema("sellers", "Names of accounts, separated by commas.")
}

fn ids() -> Value {
    schema("00000000000000000000000000000001", "Ids of accounts, separated by commas.")
}

fn schema(example: &str, value: &str) -> Value {
    json!({
        "type": "object", "additionalProperties": false, "required": ["acl_type", "acl_value"],
        "properties": {
            "acl_type": { "enum": ["PERMIT", "DENY"], "description": "Who is listed is let in alone, or is kept out." },
            "acl_value": { "type": "string", "description": value, "examples": [example] },
        },
    })
}
