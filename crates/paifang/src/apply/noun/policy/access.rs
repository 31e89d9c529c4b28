//! Access control: lists say all that they name by value.

use serde_json::{Value, json};

pub(super) fn addresses() -> Value {
    schema(
        "127.0.0.1",
        "Addresses, networks (`192.0.2.0/24`) and ranges (`192.0.2.5-192.0.2.9`), separated by commas.",
    )
}

pub(super) fn names() -> Value {
    schema("sellers", "Names of accounts, separated by commas.")
}

pub(super) fn ids() -> Value {
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
