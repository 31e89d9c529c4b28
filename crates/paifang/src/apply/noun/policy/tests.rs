//! What policies mean in files, kind by kind.
#![allow(clippy::unwrap_used, reason = "tests")]

use paifang_model::policy::Settings;
use paifang_model::{Dialect, Id, Kind, Policy, PolicyKind};
use serde_json::{Map, Value, json};

use super::{NamedBy, canonical, draft, form, names_to_ids};
use crate::apply::object::Identity;

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
    let nobody = |_, _: &str| None;
    assert_eq!(canonical(&throttle(wordy), nobody), canonical(&throttle(plain.clone()), nobody));
    let mut special = plain;
    special["specials"] =
        json!([{ "object_type": "APP", "object_id": id, "call_limits": 2, "applied_at": 7 }]);
    let shown = canonical(&throttle(special), |kind, _| (kind == Kind::App).then(|| "shop".to_owned()));
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
    (form(Dialect::Huawei, PolicyKind::Throttle).keep)(&mut new, &there);
    assert_eq!(new["specials"][0]["applied_at"], 7);
    assert_eq!(new["specials"][1].get("applied_at"), None);
}

/// A value that a schema allows: all members, the first choice, the least number, one element.
fn allowed(schema: &Value) -> Value {
    if let Some(example) = schema.pointer("/examples/0") {
        return example.clone();
    }
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
        Some("string") => json!("name"),
        other => panic!("{other:?} in {schema}"),
    }
}

#[test]
fn what_a_schema_allows_is_understood() {
    for (dialect, kind) in
        Dialect::ALL.into_iter().flat_map(|one| PolicyKind::ALL.iter().map(move |kind| (one, *kind)))
    {
        let Some(schema) = super::schema(dialect, kind) else {
            let told = Settings::read(dialect, kind, &json!({})).unwrap_err().to_string();
            assert!(told.contains("have no policies of the kind"), "{dialect} {kind}: {told}");
            continue;
        };
        let mut settings = allowed(&schema);
        // A second is counted in one way or the other.
        settings.as_object_mut().unwrap().remove("blockingMode");
        assert!(jsonschema::is_valid(&schema, &settings), "{dialect} {kind}: {settings}");
        names_to_ids(dialect, kind, &mut settings);
        let read = Settings::read(dialect, kind, &settings);
        assert!(read.is_ok(), "{dialect} {kind}: {settings}: {read:?}");
    }
}

fn of_alibaba(kind: PolicyKind, settings: Value) -> Policy {
    Policy { dialect: Dialect::Alibaba, kind, ..throttle(settings) }
}

/// A number is drawn by each gateway for itself; files have the name.
#[test]
fn numbers_of_apps_are_names_in_files() {
    let shop = |kind, number: &str| match (kind, number) {
        (Kind::App, "110000042") => Some("shop".to_owned()),
        (Kind::Account, "1001") => Some("owner".to_owned()),
        _ => None,
    };
    let list = json!({ "type": "ALLOW", "items": [
        { "blocks": ["192.0.2.1"], "appId": 110_000_042, "id": "I1" }, { "blocks": ["192.0.2.2"], "appId": "7" },
    ] });
    let body = canonical(&of_alibaba(PolicyKind::AddressList, list.clone()), shop);
    assert_eq!(
        body["settings"]["items"],
        json!([
            { "blocks": ["192.0.2.1"], "appId": "shop" }, { "blocks": ["192.0.2.2"], "appId": "7" },
        ])
    );
    let written = canonical(&of_alibaba(PolicyKind::AddressList, json!(list.to_string())), shop);
    assert_eq!(written, body, "a text says the same as what is written in it");
    let data = json!({ "unit": "DAY", "apiDefault": 9, "specials": [
        { "type": "APP", "policies": [{ "key": "110000042", "value": 1 }] },
        { "type": "USER", "policies": [{ "key": "1001", "value": 1 }, { "key": "1002", "value": 1 }] },
    ] });
    let body = canonical(&of_alibaba(PolicyKind::Throttle, data), shop);
    assert_eq!(
        body["settings"]["specials"],
        json!([
            { "type": "APP", "policies": [{ "key": "shop", "value": 1 }] },
            { "type": "USER", "policies": [{ "key": "owner", "value": 1 }, { "key": 1002, "value": 1 }] },
        ])
    );
    let identity = Identity::policy(Dialect::Alibaba, PolicyKind::Throttle, "gold");
    let drawn =
        |by, named: &Identity| (by == NamedBy::Number && named.name() == "shop").then(|| "7".to_owned());
    assert_eq!(draft(&identity, &body, drawn)["settings"]["specials"][0]["policies"][0]["key"], 7);
}
