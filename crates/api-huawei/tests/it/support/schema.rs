//! The vendor's operations (from its SDK), and whether an answer is one that the SDK reads.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::Reply;

/// Operations and the models they use.
pub(crate) fn operations() -> &'static Value {
    static OPERATIONS: OnceLock<Value> = OnceLock::new();
    OPERATIONS.get_or_init(|| {
        serde_json::from_str(include_str!("../../../../../conformance/operations/huawei.json")).unwrap()
    })
}

fn errors() -> &'static Value {
    static ERRORS: OnceLock<Value> = OnceLock::new();
    ERRORS.get_or_init(|| {
        serde_json::from_str(include_str!("../../../../../conformance/operations/huawei-errors.json"))
            .unwrap()
    })
}

/// Panics when an answer is not one of the operation's.
pub(super) fn check(method: &str, target: &str, reply: &Reply) {
    assert!(reply.headers.contains_key("x-request-id"));
    if reply.status.as_u16() >= 400 {
        return check_error(reply);
    }
    let (name, operation) = find(method, target);
    assert_eq!(operation["success_status"], reply.status.as_u16(), "{name}");
    if reply.status != 204 {
        let model = operation["response"].as_str().unwrap();
        check_value(model, &reply.body, name);
        assert_eq!(reply.headers["content-type"], "application/json");
    }
}

fn check_error(reply: &Reply) {
    let code = reply.text("/error_code");
    assert_eq!(errors()[code], reply.status.as_u16(), "{reply:?}");
    assert!(!reply.text("/error_msg").is_empty());
    assert_eq!(reply.text("/request_id"), reply.headers["x-request-id"]);
}

fn find(method: &str, target: &str) -> (&'static str, &'static Value) {
    let path = target.split('?').next().unwrap();
    let matches = |operation: &Value| {
        let template = operation["path"].as_str().unwrap();
        operation["method"] == method
            && template.split('/').count() == path.split('/').count()
            && template
                .split('/')
                .zip(path.split('/'))
                .all(|(expected, given)| expected.starts_with('{') || expected == given)
    };
    let all = operations()["operations"].as_object().unwrap().iter();
    all.filter(|(_, operation)| matches(operation))
        .min_by_key(|(_, operation)| operation["path"].as_str().unwrap().matches('{').count())
        .map(|(name, operation)| (name.as_str(), operation))
        .unwrap_or_else(|| panic!("{method} {path} is no operation"))
}

fn check_value(kind: &str, value: &Value, place: &str) {
    let is = match kind {
        "str" => value.is_string(),
        "int" => value.is_i64() || value.is_u64(),
        "bool" => value.is_boolean(),
        "float" => value.is_number(),
        "object" => true,
        "datetime" => value.as_str().is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok()),
        _ => return check_composed(kind, value, place),
    };
    assert!(is, "{place}: {value} is no {kind}");
}

fn check_composed(kind: &str, value: &Value, place: &str) {
    if let Some(item) = kind.strip_prefix("list[").and_then(|rest| rest.strip_suffix(']')) {
        let items = value.as_array().unwrap_or_else(|| panic!("{place}: {value} is no list"));
        for (index, value) in items.iter().enumerate() {
            check_value(item, value, &format!("{place}[{index}]"));
        }
        return;
    }
    let model =
        operations()["models"][kind].as_object().unwrap_or_else(|| panic!("{place}: no model {kind}"));
    let members = value.as_object().unwrap_or_else(|| panic!("{place}: {value} is no object"));
    check_members(model, members, place);
}

fn check_members(model: &Map<String, Value>, members: &Map<String, Value>, place: &str) {
    for (name, field) in model {
        let required = field["required"] == true;
        assert!(!required || members.contains_key(name), "{place}: {name} is missing");
    }
    for (name, value) in members {
        let place = format!("{place}.{name}");
        let field = model.get(name).unwrap_or_else(|| panic!("{place}: the SDK does not know it"));
        check_value(field["type"].as_str().unwrap(), value, &place);
        if let Some(allowed) = field["enum"].as_array() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            assert!(allowed.iter().any(|word| *word == text), "{place}: {text} is none of {allowed:?}");
        }
    }
}
