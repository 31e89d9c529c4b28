//! Signature keys: the settings name nothing; the secret stands beside them.

use serde_json::{Value, json};

/// As a plug-in's data.
pub(super) fn data() -> Value {
    json!({
        "type": "object", "additionalProperties": false, "required": ["type", "key"],
        "properties": {
            "type": { "enum": ["APIGW_BACKEND"] },
            "key": { "type": "string", "examples": ["backend_key"] },
        },
    })
}

/// As a policy of its own.
pub(super) fn settings() -> Value {
    json!({
        "type": "object", "additionalProperties": false, "required": ["sign_type", "sign_key"],
        "properties": {
            "sign_type": { "enum": ["hmac", "basic"] },
            "sign_key": { "type": "string", "examples": ["backend-key"] },
        },
    })
}
