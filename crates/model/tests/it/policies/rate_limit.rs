//! Plug-ins of the second cloud: limits that a throttling policy would say in other words, and pages of other origins.

use paifang_model::policy::alibaba::Origins;
use paifang_model::policy::huawei::CountedAs;
use paifang_model::policy::{Period, Settings, Special, SpecialObject, TimeUnit};
use paifang_model::{Dialect, Policy, PolicyKind, Violations};
use serde_json::{Value, json};

use super::policy;
use crate::samples::id;

fn limit(settings: Value) -> Policy {
    Policy { kind: PolicyKind::RateLimit, ..policy(settings) }
}

fn least() -> Value {
    json!({ "scope": "basic", "default_interval": 1, "default_time_unit": "minute", "api_limit": 10 })
}

/// Where the complaints are, and which rules are broken.
fn complaints<T: std::fmt::Debug>(checked: Result<T, Violations>) -> Vec<String> {
    let violations = checked.unwrap_err();
    violations.iter().map(|one| format!("{} {:?}", one.pointer, one.rule)).collect()
}

#[test]
fn it_reads_as_a_throttling_policy() {
    let (app, user) = (id(7), id(8));
    let policy = limit(json!({
        "scope": "share", "default_interval": 2, "default_time_unit": "hour", "api_limit": 100,
        "user_limit": 50, "app_limit": 20, "ip_limit": 0, "algorithm": "counter", "parameters": [], "rules": [],
        "specials": [
            { "type": "app", "policies": [{ "key": app, "limit": 30 }] },
            { "type": "user", "policies": [{ "key": user, "limit": 60 }] },
        ],
    }));
    let Ok(Settings::RateLimit(limit)) = policy.check() else { panic!("{:?}", policy.check()) };
    let throttle = &limit.throttle;
    assert_eq!(throttle.counted_as, CountedAs::Together);
    assert_eq!(throttle.period, Period { interval: 2, unit: TimeUnit::Hour });
    assert_eq!(
        (throttle.api, throttle.user, throttle.app, throttle.address),
        (100, Some(50), Some(20), None)
    );
    let special = |object, limit| Special { object, limit, applied_at: None };
    let specials =
        [special(SpecialObject::App(app.into()), 30), special(SpecialObject::User(user.into()), 60)];
    assert_eq!(throttle.specials, specials);
    let named = Settings::RateLimit(limit.clone()).named();
    let places: Vec<&str> = named.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(places, ["/specials/0/policies/0/key", "/specials/1/policies/0/key"]);
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let told = |name: &str, value: Value| {
        let mut settings = least();
        settings[name] = value;
        complaints(limit(settings).check())
    };
    assert_eq!(complaints(limit(json!({})).check()).len(), 4);
    assert_eq!(told("app_limit", json!(11)), ["/settings/app_limit Conflict"]);
    assert_eq!(told("rules", json!([{ "rule_name": "a" }])), ["/settings/rules Unsupported"]);
    assert_eq!(told("parameters", json!([{ "type": "path" }])), ["/settings/parameters Unsupported"]);
    assert_eq!(told("algorithm", json!("precise")), ["/settings/algorithm Format"]);
    let twice =
        json!([{ "type": "app", "policies": [{ "key": id(7), "limit": 1 }, { "key": id(7), "limit": 11 }] }]);
    assert_eq!(
        told("specials", twice),
        ["/settings/specials/0/policies/1/key Duplicate", "/settings/specials/0/policies/1/limit Conflict"]
    );
    let foreign = Policy { dialect: Dialect::Alibaba, ..limit(least()) };
    assert!(complaints(foreign.check()).contains(&"/settings Unsupported".to_owned()));
}

#[test]
fn pages_are_said_in_the_vendors_words() {
    let cors = |settings| Policy { kind: PolicyKind::Cors, ..policy(settings) };
    let content = json!({
        "allow_origin": "*", "allow_methods": "GET,POST", "allow_headers": "", "expose_headers": "X-Request-Id",
        "max_age": 86400, "allow_credentials": true,
    });
    let policy = cors(content);
    let Ok(Settings::Cors(read)) = policy.check() else { panic!("{:?}", policy.check()) };
    assert_eq!((read.origins, read.methods.as_deref(), read.headers), (Origins::Any, Some("GET,POST"), None));
    assert_eq!(complaints(cors(json!({})).check()), ["/settings/allow_origin Required"]);
    let others = json!({ "allow_origin": "*", "allowMethods": "GET" });
    assert_eq!(complaints(cors(others).check()), ["/settings/allowMethods Unknown"]);
}
