//! Pages of other origins: the plug-in's data names nothing and has nothing that the gateway writes.

use serde_json::{Value, json};

use super::Form;

pub(super) const FORM: Form =
    Form { references: |_| Vec::new(), noted: |_| Vec::new(), keep: |_, _| {}, schema };

fn schema() -> Value {
    let list =
        |example: &str, what: &str| json!({ "type": "string", "description": what, "examples": [example] });
    json!({
        "type": "object", "additionalProperties": false, "required": ["allowOrigins"],
        "properties": {
            "allowOrigins": list("www.example.com", "Hosts and origins, separated by commas, or `*`."),
            "allowMethods": list("GET,POST", "Methods, separated by commas."),
            "allowHeaders": list("Content-Type", "Headers that pages may send."),
            "exposeHeaders": list("X-Ca-Request-Id", "Headers that pages may read."),
            "maxAge": { "type": "integer", "minimum": 0, "maximum": 604_800, "description": "Seconds for which browsers may remember an answer." },
            "allowCredentials": { "enum": [true, false], "description": "Whether pages may send cookies." },
        },
    })
}
