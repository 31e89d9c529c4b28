//! What policies mean in files, kind by kind.
#![allow(clippy::unwrap_used, reason = "tests")]

use paifang_model::policy::Settings;
use paifang_model::{Dialect, Id, Key, Kind, Policy, PolicyKind};
use serde_json::{Map, Value, json};

use super::{canonical, form, names_to_ids};

fn throttle(settings: Value) -> Policy {
    let (id, account) = (Id::ROOT.into(), Id::ROOT.into());
    let (dialect, kind, name) = (Dialect::Huawei, PolicyKind::Throttle, "gold".to_owned());
    Policy { id, account, dialect, kind, name, settings, remark: String::new(), secret: None }
}

#[test]
fn what_means_the_same_is_compared_as_the_same() {
    let id = Id::derived("app", &[b"x"]);
    let plain = json!({ "api_call_limits": 5, "time_interval": 1, "time_unit": "DAY" });
    let wordy = json!({
        "type": 1, "time_unit": "DAY", "time_interval": 1, "api_call_limits": 5, "ip_call_limits": 0,
        "user_call_limits": null, "enable_adaptive_control": "FALSE", "specials": [],
    });
    let nobody = |_: &Key| None;
    assert_eq!(canonical(&throttle(wordy), nobody), canonical(&throttle(plain.clone()), nobody));
    let mut special = plain;
    special["specials"] =
        json!([{ "object_type": "APP", "object_id": id, "call_limits": 2, "applied_at": 7 }]);
    let shown = canonical(&throttle(special), |key| (key.kind == Kind::App).then(|| "shop".to_owned()));
    assert_eq!(
        shown["settings"]["specials"],
        json!([{ "object_type": "APP", "object_id": "shop", "call_limits": 2 }])
    );
}

#[test]
fn what_the_gateway_noted_stays_with_whom_it_is_about() {
    let special = |name: &str| json!({ "object_type": "APP", "object_id": name, "call_limits": 2 });
    let mut there = json!({ "specials": [special("one"), special("two")] });
    there["specials"][1]["applied_at"] = json!(7);
    let mut new = json!({ "specials": [special("two"), special("three")] });
    (form(PolicyKind::Throttle).keep)(&mut new, &there);
    assert_eq!(new["specials"][0]["applied_at"], 7);
    assert_eq!(new["specials"][1].get("applied_at"), None);
}

/// A value that a schema allows: all members, the first choice, the least number, one element.
fn allowed(schema: &Value) -> Value {
    if let Some(choices) = schema["enum"].as_array() {
        return choices[0].clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let members = schema["properties"].as_object().unwrap().iter();
            members.map(|(name, member)| (name.clone(), allowed(member))).collect::<Map<_, _>>().into()
        }
        Some("array") => json!([allowed(&schema["items"])]),
        Some("integer") => schema["minimum"].clone(),
        Some("string") => schema.pointer("/examples/0").cloned().unwrap_or_else(|| json!("name")),
        other => panic!("{other:?} in {schema}"),
    }
}

#[test]
fn what_a_schema_allows_is_understood() {
    for kind in PolicyKind::ALL {
        let mut settings = allowed(&super::schema(*kind));
        names_to_ids(*kind, &mut settings);
        let read = Dialect::ALL.map(|dialect| Settings::read(dialect, *kind, &settings));
        assert!(read.iter().any(Result::is_ok), "{kind}: {settings}: {read:?}");
    }
}
