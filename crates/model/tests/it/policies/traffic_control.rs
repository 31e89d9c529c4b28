//! What traffic control takes and refuses (spec: aliyun/plugins.md §3.1).

use insta::assert_snapshot;
use paifang_model::policy::Settings;
use paifang_model::policy::alibaba::{Algorithm, TrafficControl};
use paifang_model::{Dialect, PolicyKind, Violations};
use serde_json::{Value, json};

use super::complaints;

fn read(data: &Value) -> Result<TrafficControl, Violations> {
    match Settings::read(Dialect::Alibaba, PolicyKind::Throttle, data)? {
        Settings::TrafficControl(control) => Ok(control),
        other => panic!("{other:?}"),
    }
}

/// The sample of the vendor's documents, with its comments.
#[test]
fn the_vendors_sample_is_read() {
    let data = "
unit: SECOND            # SECOND | MINUTE | HOUR | DAY
apiDefault: 1000
userDefault: 30
appDefault: 30
controlMode: FIX_WINDOW
specials:
  - type: APP
    policies: [{key: 10123123, value: 10}]
  - type: USER
    policies: [{key: 123455, value: 100}]
";
    let limits = read(&json!(data)).unwrap().per_caller.unwrap();
    assert_eq!((limits.api, limits.user, limits.app), (1000, Some(30), Some(30)));
    assert_eq!((limits.algorithm, limits.period.seconds()), (Algorithm::Window, 1));
    assert_eq!((limits.special_apps[0].number, limits.special_users[0].limit), (10_123_123, 100));
    let json = read(&json!({ "unit": "SECOND", "apiDefault": 5, "blockingMode": "QUICK_RETURN" })).unwrap();
    assert_eq!(json.per_caller.unwrap().algorithm, Algorithm::Bucket);
}

#[test]
fn limits_are_in_order() {
    let data = json!({
        "unit": "MINUTE", "apiDefault": 10, "userDefault": 11, "appDefault": 12, "controlMode": "FIX_WINDOW",
        "specials": [{ "type": "APP", "policies": [{ "key": 1, "value": 11 }, { "key": "1", "value": 2 }] }],
    });
    assert_snapshot!(complaints(read(&data)), @"
    /controlMode Conflict: `FIX_WINDOW` is for the unit `SECOND`; others have windows always
    /userDefault Conflict: 11 is above apiDefault, which is 10
    /appDefault Conflict: 12 is above userDefault, which is 11
    /specials/0/policies/0/value Conflict: 11 is above apiDefault, which is 10
    /specials/0/policies/1/key Duplicate: `1` is there twice
    ");
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    assert_snapshot!(complaints(read(&json!({}))), @" Required: nothing is limited: `unit` with `apiDefault` is wanted, or `defaultLimit`, or `rules`");
    assert_snapshot!(complaints(read(&json!("a: [1"))), @" Format: it is neither JSON nor YAML: error: line 1 column 4: unclosed bracket '['");
    assert_snapshot!(complaints(read(&json!({ "apiDefault": 0, "surprise": 1 }))), @"
    /apiDefault Range: 0 is out of range: 1 to 100000000 are allowed
     Required: nothing is limited: `unit` with `apiDefault` is wanted, or `defaultLimit`, or `rules`
    /surprise Unknown: there is no setting `surprise`
    ");
    let data = json!({
        "defaultLimit": 5, "parameters": { "user": "Query:user", "bad": "Nowhere" },
        "rules": [
            { "name": "a", "byParameters": "user, nobody", "condition": "$user =", "limit": 1 },
            { "name": "a", "byParameters": "CaAppId", "limit": 1, "timeUnit": "WEEK" },
            { "byParameters": "user" },
        ],
    });
    assert_snapshot!(complaints(read(&data)), @"
    /parameters/bad Format: `Nowhere` begins with none of: Method, Path, Host, Header, Query, Form, Parameter, System, Token, XFF, StatusCode, ErrorCode, BodyJsonField
    /rules/0/byParameters Unknown: `nobody` is not declared in `parameters`
    /rules/0/condition Format: the condition cannot be read at character 8: a variable, a constant or `Random()` is expected
    /rules/1/timeUnit Format: `WEEK` is none of: SECOND, MINUTE, HOUR, DAY
    /rules/2/name Required: it is missing
    /rules/2/limit Required: it is missing
    /rules/1/name Duplicate: the rule `a` is there twice
    ");
}

/// A rule over them would be there and never count (spec: aliyun/plugins.md §2).
#[test]
fn what_is_never_there_when_calls_are_counted_is_refused() {
    let data = json!({
        "parameters": {
            "status": "StatusCode", "code": "errorcode", "field": "BodyJsonField:$.result_code", "user": "Token:userId",
            "client": "System:CaClientIp",
        },
        "rules": [{ "name": "a", "byParameters": "user", "condition": "$status = 404", "limit": 1 }],
    });
    assert_snapshot!(complaints(read(&data)), @"
    /parameters/status Unsupported: `StatusCode` is known when a backend has answered, and calls are counted before
    /parameters/code Unsupported: `ErrorCode` is known when a backend has answered, and calls are counted before
    /parameters/field Unsupported: `BodyJsonField:$.result_code` is known when a backend has answered, and calls are counted before
    /parameters/user Unsupported: `Token:userId` is a claim of a token, and there is no plug-in `jwtAuth` that would read one
    ");
}

#[test]
fn specials_are_of_limits_per_caller() {
    let rule = json!({ "name": "a", "byParameters": "CaClientIp", "limit": 1 });
    let specials = json!([{ "type": "APP", "policies": [{ "key": 1, "value": 2 }] }]);
    let data = json!({ "defaultLimit": 5, "rules": [rule], "specials": specials });
    assert_snapshot!(complaints(read(&data)), @"/specials Required: they are limits in place of `appDefault` and `userDefault`: `unit` and `apiDefault` are wanted with them; for an app with a limit of its own among rules, write one for `$CaAppId`");
    let mut both = data;
    both["unit"] = json!("DAY");
    both["apiDefault"] = json!(9);
    assert_eq!(read(&both).unwrap().per_caller.unwrap().special_apps[0].limit, 2);
}

#[test]
fn only_a_bucket_returns_quickly() {
    let data = |unit: &str, mode: Value| json!({ "unit": unit, "apiDefault": 5, "blockingMode": "QUICK_RETURN", "controlMode": mode });
    assert!(read(&data("SECOND", Value::Null)).is_ok());
    let refused = "/blockingMode Conflict: `QUICK_RETURN` is for a token bucket: the unit `SECOND`, without `FIX_WINDOW`";
    for data in [data("SECOND", json!("FIX_WINDOW")), data("MINUTE", Value::Null)] {
        assert_eq!(complaints(read(&data)), refused);
    }
}
