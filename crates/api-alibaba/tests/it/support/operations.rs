//! The vendor's description of every operation: what it takes, and where; what it answers, and of which types.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::Reply;

/// All operations by name.
pub(crate) struct Operations(Map<String, Value>);

impl Operations {
    pub(crate) fn get() -> &'static Self {
        static OPERATIONS: OnceLock<Operations> = OnceLock::new();
        let read = || {
            Self(
                serde_json::from_str(include_str!("../../../../../conformance/operations/alibaba.json"))
                    .unwrap(),
            )
        };
        OPERATIONS.get_or_init(read)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The parameters of an operation, and whether each must be there.
    pub(crate) fn parameters(&self, action: &str) -> Vec<(String, bool)> {
        let all = self.0[action]["request"].as_object().unwrap().iter();
        all.map(|(name, parameter)| (name.clone(), parameter["required"] == true)).collect()
    }

    /// The type of a parameter; none of a list.
    pub(crate) fn kind(&self, action: &str, name: &str) -> &str {
        self.0[action]["request"][name]["type"].as_str().unwrap_or_default()
    }

    /// The description of an answer.
    pub(crate) fn response(&self, action: &str) -> &Value {
        &self.0[action]["response"]
    }

    /// Whether a parameter travels in the body.
    pub(super) fn is_in_form(&self, action: &str, name: &str) -> bool {
        self.0.get(action).is_some_and(|operation| operation["request"][name]["in"] == "formData")
    }

    /// Whether an answer has members that are described, of the types described, and no others.
    pub(super) fn check(&self, action: &str, reply: &Reply) {
        let answer = reply.json();
        assert_eq!(reply.headers["content-type"], "application/json;charset=utf-8");
        let id = answer["RequestId"].as_str().unwrap();
        assert!(id.len() == 36 && !id.contains(|character: char| character.is_ascii_lowercase()), "{id}");
        if reply.status == 200 {
            // Clients take any `Code` for an error.
            assert_eq!(answer.get("Code"), None);
            fits(&self.0[action]["response"], &answer, action);
        } else {
            let members: Vec<&String> = answer.as_object().unwrap().keys().collect();
            assert_eq!(members, ["RequestId", "HostId", "Code", "Message", "Recommend"], "{action}");
            assert_eq!(answer["HostId"], "gateway");
        }
    }
}

fn fits(described: &Value, value: &Value, place: &str) {
    match (described, value) {
        (Value::Object(members), Value::Object(values)) => {
            for (name, value) in values {
                let described = members.get(name).unwrap_or_else(|| panic!("{place} has no {name}"));
                fits(described, value, &format!("{place}.{name}"));
            }
        }
        (Value::Array(items), Value::Array(values)) => {
            values.iter().for_each(|value| fits(&items[0], value, place));
        }
        (Value::String(kind), value) => {
            let right = match kind.as_str() {
                "string" => value.is_string(),
                // Bounds of floating-point parameters are numbers of their kind.
                "integer" => value.is_i64() || value.is_u64() || place.ends_with("Value"),
                "boolean" => value.is_boolean(),
                other => panic!("{place}: {other} is no type"),
            };
            assert!(right, "{place} is {value}, and must be of type {kind}");
        }
        _ => panic!("{place} is {value}, and must be {described}"),
    }
}
