//! Signature keys: the settings name nothing; the secret stands beside them.

use serde_json::{Value, json};

use super::Form;

pub(super) const FORM: Form =
    Form { references: |_| Vec::new(), noted: |_| Vec::new(), keep: |_, _| {}, schema };

fn schema() -> Value {
    json!({
        "type": "object", "additionalProperties": false, "required": ["sign_type", "sign_key"],
        "properties": {
            "sign_type": { "enum": ["hmac", "basic"] },
            "sign_key": { "type": "string", "examples": ["backend-key"] },
        },
    })
}
