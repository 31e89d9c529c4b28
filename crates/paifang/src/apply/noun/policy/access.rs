//! Access control: lists say all that they name by value, and the gateway writes nothing into them.

use serde_json::{Value, json};

use super::Form;

pub(super) const ADDRESSES: Form = form(addresses);
pub(super) const NAMES: Form = form(names);
pub(super) const IDS: Form = form(ids);

const fn form(schema: fn() -> Value) -> Form {
    Form { references: |_| Vec::new(), noted: |_| Vec::new(), keep: |_, _| {}, schema }
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
