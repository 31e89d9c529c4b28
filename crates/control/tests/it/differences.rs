//! What a comparison says, applied to the one side, gives the other.

use paifang_control::{Difference, differences};
use proptest::prelude::*;
use serde_json::{Map, Value};

proptest! {
    #[test]
    fn differences_lead_from_one_side_to_the_other(before in any_json(), after in any_json()) {
        let found = differences(&before, &after);
        prop_assert_eq!(found.is_empty(), before == after);
        prop_assert_eq!(apply(before, found), after);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (0..3_i32).prop_map(Value::from),
        "[a-c~/]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[ab~/]{0,2}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Removals last and from the end, so that the places named before them stay where they are.
fn apply(mut document: Value, found: Vec<Difference>) -> Value {
    let (removed, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| found.after.is_none());
    for Difference { pointer, after, .. } in others.into_iter().chain(removed.into_iter().rev()) {
        let Some((parent, name)) = pointer.rsplit_once('/') else {
            document = after.unwrap();
            continue;
        };
        let name = name.replace("~1", "/").replace("~0", "~");
        match (document.pointer_mut(parent).unwrap(), after) {
            (Value::Object(members), Some(value)) => drop(members.insert(name, value)),
            (Value::Object(members), None) => drop(members.remove(&name).unwrap()),
            (Value::Array(elements), after) => {
                let index: usize = name.parse().unwrap();
                match after {
                    Some(value) if index == elements.len() => elements.push(value),
                    Some(value) => elements[index] = value,
                    None => drop(elements.remove(index)),
                }
            }
            (other, _) => panic!("{other} has no places"),
        }
    }
    document
}
