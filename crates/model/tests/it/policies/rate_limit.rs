//! Plug-ins of the second cloud: limits that a throttling policy would say in other words, and pages of other origins.

use std::borrow::Cow;

use paifang_model::dialect::SystemValue;
use paifang_model::policy::alibaba::condition::Values;
use paifang_model::policy::alibaba::{Origins, Place};
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

/// The reference's example, with what front-ends keep beside it.
#[test]
fn rules_count_the_calls_for_which_an_expression_holds() {
    let mut settings = least();
    settings["parameters"] = json!([
        { "type": "path", "name": "reqPath", "value": "reqPath", "id": 1, "focused": false },
        { "type": "header", "name": "Host", "value": "Host" },
        { "type": "system", "name": "server", "value": "serverName" },
        { "type": "query", "name": "size" },
    ]);
    settings["rules"] = json!([
        { "rule_name": "u8mb", "match_regex": r#"["Host","==","www.abc.com"]"#, "interval": 2, "time_unit": "second", "limit": 5, "disabled": false },
        { "rule_name": "all", "limit": 50 },
    ]);
    let Ok(Settings::RateLimit(limit)) = limit(settings).check() else { panic!("it is refused") };
    let places: Vec<_> = limit.parameters.as_slice().iter().map(|variable| variable.place.clone()).collect();
    let (header, query) = (Place::Header("Host".into()), Place::Query("size".into()));
    assert_eq!(places, [Place::Path, header, Place::System(SystemValue::ServerName), query]);
    let periods: Vec<_> =
        limit.rules.iter().map(|rule| (rule.name.as_str(), rule.limit, rule.period)).collect();
    let period = |interval, unit| Period { interval, unit };
    assert_eq!(periods, [("u8mb", 5, period(2, TimeUnit::Second)), ("all", 50, period(1, TimeUnit::Minute))]);
    assert_eq!((limit.rules[0].condition.is_some(), limit.rules[1].condition.is_some()), (true, false));
}

/// What a call has for each of the names.
struct Call([Option<&'static str>; 4]);

impl Values for Call {
    fn value(&self, variable: usize) -> Option<Cow<'_, str>> {
        self.0.get(variable).copied().flatten().map(Cow::Borrowed)
    }

    fn random(&self) -> f64 {
        0.0
    }
}

const NAMES: [(&str, &str); 4] =
    [("header", "host"), ("path", "path"), ("query", "size"), ("method", "method")];

fn with_expression(expression: &str) -> Policy {
    let mut settings = least();
    settings["parameters"] = NAMES.iter().map(|(kind, name)| json!({ "type": kind, "name": name })).collect();
    settings["rules"] = json!([{ "rule_name": "one", "match_regex": expression, "limit": 1 }]);
    limit(settings)
}

#[test]
fn expressions_hold_or_do_not() {
    let call = Call([Some("a.com"), Some("/pets/7"), Some("12"), None]);
    for (expression, holds) in [
        (r#"["host","==","a.com"]"#, true),
        (r#"["host","==","A.com"]"#, false),
        (r#"["host","~=","b.com"]"#, true),
        (r#"["method","~=","GET"]"#, true),
        (r#"["method","==",""]"#, false),
        (r#"["host","in","b.com, a.com"]"#, true),
        (r#"["host","in","b.com"]"#, false),
        (r#"["path","~~","^/pets/[0-9]+$"]"#, true),
        (r#"["path","~~","pets"]"#, true),
        (r#"["path","~~","^pets"]"#, false),
        (r#"["size",">",9]"#, true),
        (r#"["size","<=","11.5"]"#, false),
        (r#"["method",">",0]"#, false),
        (r#"["AND",["host","==","a.com"],["size","<",12]]"#, false),
        (r#"["OR",["host","==","b.com"],["AND",["size",">=",12],["path","~~","7"]]]"#, true),
        (r#"["OR",["host","==","b.com"]]"#, false),
    ] {
        let Ok(Settings::RateLimit(limit)) = with_expression(expression).check() else {
            panic!("{expression}")
        };
        let condition = limit.rules[0].condition.as_ref().unwrap();
        assert_eq!(condition.holds(&call), holds, "{expression}");
    }
}

#[test]
fn what_no_expression_is_is_refused() {
    let deep = format!("{}[\"host\",\"==\",\"a\"]{}", "[\"AND\",".repeat(8), "]".repeat(8));
    let long = format!(r#"["host","==","{}"]"#, "a".repeat(4096));
    for (expression, rule) in [
        ("host == a", "Format"),
        (r#"{"host":1}"#, "Format"),
        (r#"["AND"]"#, "Format"),
        (r#"["host","=="]"#, "Format"),
        (r#"["nobody","==","a"]"#, "Format"),
        (r#"["host","like","a"]"#, "Format"),
        (r#"["host","==",["a"]]"#, "Format"),
        (r#"["size",">","many"]"#, "Format"),
        (r#"["path","~~","(?=a)"]"#, "Format"),
        (r#"["path","~~","(a{1000}){1000}"]"#, "Format"),
        (deep.as_str(), "Range"),
        (long.as_str(), "Range"),
    ] {
        let told = complaints(with_expression(expression).check());
        assert_eq!(told, [format!("/settings/rules/0/match_regex {rule}")], "{expression}");
    }
    let mut twice = least();
    let parameter = json!({ "type": "header", "name": "a" });
    twice["parameters"] = json!([parameter, parameter, { "type": "system", "name": "weather" }]);
    twice["rules"] = json!([{ "rule_name": "r", "limit": 1 }, { "rule_name": "r", "limit": 1 }]);
    let told = complaints(limit(twice).check());
    let expected = [
        "/settings/parameters/2/value Format",
        "/settings/parameters/1/name Duplicate",
        "/settings/rules/1/rule_name Duplicate",
    ];
    assert_eq!(told, expected);
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
    assert_eq!(told("rules", json!([{ "rule_name": "a" }])), ["/settings/rules/0/limit Required"]);
    assert_eq!(told("parameters", json!([{ "type": "path" }])), ["/settings/parameters/0/name Required"]);
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
