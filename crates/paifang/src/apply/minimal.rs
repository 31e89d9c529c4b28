//! Leaves out what goes without saying: each member without which the rest still reads as the same.

use serde_json::Value;

/// A step into a value.
#[derive(Clone)]
enum Step {
    Member(String),
    Item(usize),
}

/// The least that is read as the same. A value that is not read at all stays as it is.
pub(super) fn minimal<T: PartialEq>(value: Value, read: impl Fn(&Value) -> Option<T>) -> Value {
    let Some(whole) = read(&value) else { return value };
    let mut least = value;
    for path in paths(&least, &mut Vec::new()) {
        let mut without = least.clone();
        remove(&mut without, &path);
        if read(&without).as_ref() == Some(&whole) {
            least = without;
        }
    }
    least
}

/// The ways to all members, outer ones first: what goes as a whole is not taken apart.
fn paths(value: &Value, way: &mut Vec<Step>) -> Vec<Vec<Step>> {
    let steps: Vec<(Step, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, member)| (Step::Member(name.clone()), member)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (Step::Item(index), item)).collect()
        }
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (step, inner) in steps {
        let is_member = matches!(step, Step::Member(_));
        way.push(step);
        if is_member {
            all.push(way.clone());
        }
        all.extend(paths(inner, way));
        way.pop();
    }
    all
}

fn remove(value: &mut Value, path: &[Step]) {
    match (path, value) {
        ([Step::Member(name)], Value::Object(members)) => drop(members.shift_remove(name)),
        ([Step::Member(name), rest @ ..], value) => {
            value.get_mut(name).into_iter().for_each(|inner| remove(inner, rest))
        }
        ([Step::Item(index), rest @ ..], value) => {
            value.get_mut(index).into_iter().for_each(|inner| remove(inner, rest))
        }
        ([], _) => {}
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use paifang_model::definition::HttpBackend;
    use serde_json::json;

    use super::minimal;

    #[test]
    fn what_is_as_it_comes_is_left_out() {
        let read = |value: &serde_json::Value| {
            let backend: HttpBackend = serde_json::from_value(value.clone()).ok()?;
            serde_json::to_value(backend).ok()
        };
        let mut backend = HttpBackend::at("http://10.0.0.1");
        backend.timeout_ms = 500;
        let whole = serde_json::to_value(&backend).unwrap();
        let least = minimal(whole.clone(), read);
        assert_eq!(
            least,
            json!({ "to": { "kind": "address", "url": "http://10.0.0.1" }, "timeout_ms": 500 })
        );
        assert_eq!(read(&least), Some(whole));
    }
}
