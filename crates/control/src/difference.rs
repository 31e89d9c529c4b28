//! What distinguishes two JSON documents, place by place.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

/// One place at which two documents differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// Where: a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What is there on the one side; absent: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What is there on the other side; absent: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// Every place at which two documents differ. Members are compared by name, in order of names, and elements of arrays by
/// position; what is missing on a side is missing as a whole.
#[must_use]
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(String::new(), Some(before), Some(after), &mut found);
    found
}

/// For audit lines: the places that a change touched, without their values.
pub(crate) fn changed<T: Serialize>(before: &T, after: &T) -> Value {
    let (before, after) = (value(before), value(after));
    let mut pointers: Vec<_> =
        differences(&before, &after).into_iter().map(|difference| difference.pointer).collect();
    pointers.truncate(PLACES_AT_MOST);
    json!({ "changed": pointers })
}

/// An audit line is to be read.
const PLACES_AT_MOST: usize = 50;

pub(crate) fn value<T: Serialize>(noun: &T) -> Value {
    serde_json::to_value(noun).unwrap_or_default()
}

fn compare(pointer: String, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    match (before, after) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => members(&pointer, before, after, found),
        (Some(Value::Array(before)), Some(Value::Array(after))) => elements(&pointer, before, after, found),
        (before, after) if before == after => {}
        (before, after) => {
            found.push(Difference { pointer, before: before.cloned(), after: after.cloned() });
        }
    }
}

fn members(
    pointer: &str,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    found: &mut Vec<Difference>,
) {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        compare(format!("{pointer}/{escaped}"), before.get(name), after.get(name), found);
    }
}

fn elements(pointer: &str, before: &[Value], after: &[Value], found: &mut Vec<Difference>) {
    for index in 0..before.len().max(after.len()) {
        compare(format!("{pointer}/{index}"), before.get(index), after.get(index), found);
    }
}
