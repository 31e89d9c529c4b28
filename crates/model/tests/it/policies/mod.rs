//! Policies: what is common to all kinds.

mod access;
mod cors;
mod expressions;
mod rate_limit;
mod signature_key;
mod throttle;
mod traffic_control;

use paifang_model::id::{AccountId, ApiId, PolicyId, StageId};
use paifang_model::policy::Settings;
use paifang_model::{Binding, Dialect, Policy, PolicyKind, Violations};
use serde_json::{Value, json};

use crate::samples::id;

fn policy(settings: Value) -> Policy {
    Policy {
        id: PolicyId(id(0x10)),
        account: AccountId(id(1)),
        dialect: Dialect::Huawei,
        kind: PolicyKind::Throttle,
        name: "ten_a_minute".to_owned(),
        settings,
        remark: String::new(),
        secret: None,
    }
}

fn least() -> Value {
    json!({ "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 })
}

fn complaints<T: std::fmt::Debug>(result: Result<T, Violations>) -> String {
    let violations = result.unwrap_err();
    let lines = violations.iter().map(|one| format!("{} {:?}: {}", one.pointer, one.rule, one.message));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_policy_complains_about_everything_at_once() {
    let mut wrong = policy(json!({ "time_interval": 0, "surprise": 1 }));
    wrong.name = "1st".to_owned();
    wrong.remark = "r".repeat(256);
    insta::assert_snapshot!(complaints(wrong.check()), @r"
    /name Format: `1st` must start with one of: letters, Chinese characters
    /remark Range: `rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr…` has 256 characters, but 0 to 255 are allowed
    /settings/api_call_limits Required: it is missing
    /settings/time_unit Required: it is missing
    /settings/time_interval Range: 0 is out of range: 1 to 2147483647 are allowed
    /settings/surprise Unknown: there is no setting `surprise`
    ");
}

#[test]
fn settings_are_objects_of_a_size() {
    insta::assert_snapshot!(complaints(policy(json!("text")).check()), @"/settings Format: it is not an object");
    let mut large = least();
    large["specials"] = json!(vec![json!({ "object_id": "x".repeat(1100) }); 60]);
    let told = complaints(policy(large).check());
    assert!(told.starts_with("/settings Range: it has "), "{told}");
    assert!(told.contains("at most 65535 are allowed"), "{told}");
}

/// Spec: aliyun/plugins.md §1 (50 KB), huawei/plugins.md (65,535).
#[test]
fn each_dialect_takes_settings_of_its_own_size() {
    let list = |entries| vec!["198.51.100.199"; entries];
    type Make = fn(&[&str]) -> serde_json::Value;
    let sizes: [(Dialect, usize, Make); 2] = [
        (Dialect::Huawei, 65_535, |list: &[&str]| json!({ "acl_type": "DENY", "acl_value": list.join(",") })),
        (
            Dialect::Alibaba,
            51_200,
            |list: &[&str]| json!({ "type": "REFUSE", "items": [{ "blocks": list }] }),
        ),
    ];
    for (dialect, most, settings) in sizes {
        let told = |entries| {
            let settings = settings(&list(entries));
            let size = settings.to_string().len();
            let kind = PolicyKind::AddressList;
            let told = Policy { dialect, kind, ..policy(settings) }.check().err().map(|all| all.to_string());
            (size <= most, told)
        };
        let each = settings(&list(1001)).to_string().len() - settings(&list(1000)).to_string().len();
        let least = settings(&list(1)).to_string().len() - each;
        let fits = (most - least) / each;
        assert_eq!(told(fits), (true, None), "{dialect}");
        let (_, refused) = told(fits + 1);
        assert!(
            refused.as_ref().is_some_and(|told| told.contains(&format!("at most {most}"))),
            "{refused:?}"
        );
    }
}

#[test]
fn each_dialect_has_settings_of_its_own() {
    let read = |dialect, settings| Settings::read(dialect, PolicyKind::Throttle, &settings).is_ok();
    let other = json!({ "unit": "MINUTE", "apiDefault": 10 });
    assert!(read(Dialect::Huawei, least()) && read(Dialect::Alibaba, other.clone()));
    assert!(!read(Dialect::Huawei, other) && !read(Dialect::Alibaba, least()));
}

#[test]
fn a_binding_is_the_join_of_its_parts() {
    let of = |policy, api, stage| Binding::id_of(PolicyId(id(policy)), ApiId(id(api)), StageId(id(stage)));
    assert_eq!(of(1, 2, 3), of(1, 2, 3));
    for other in [of(9, 2, 3), of(1, 9, 3), of(1, 2, 9), of(2, 1, 3)] {
        assert_ne!(of(1, 2, 3), other);
    }
}
