//! Pages of other origins: the plug-in's data names nothing and has nothing that the gateway writes.

use serde_json::{Value, json};

/// As a plug-in's data.
pub(super) fn data() -> Value {
    schema(["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "allowCredentials"])
}

/// As a plug-in's content.
pub(super) fn content() -> Value {
    schema([
        "allow_origin",
        "allow_methods",
        "allow_headers",
        "expose_headers",
        "max_age",
        "allow_credentials",
    ])
}

fn schema([origins, methods, headers, exposed, max_age, credentials]: [&str; 6]) -> Value {
    let list =
        |example: &str, what: &str| json!({ "type": "string", "description": what, "examples": [example] });
    json!({
        "type": "object", "additionalProperties": false, "required": [origins],
        "properties": {
            origins: list("www.example.com", "Hosts and origins, separated by commas, or `*`."),
            methods: list("GET,POST", "Methods, separated by commas."),
            headers: list("Content-Type", "Headers that pages may send."),
            exposed: list("X-Ca-Request-Id", "Headers that pages may read."),
            max_age: { "type": "integer", "minimum": 0, "maximum": 604_800, "description": "Seconds for which browsers may remember an answer." },
            credentials: { "enum": [true, false], "description": "Whether pages may send cookies." },
        },
    })
}
