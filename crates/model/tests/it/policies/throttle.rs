//! Throttling policies: every rule of their settings (spec: huawei/throttling-and-access.md §1).

use paifang_model::id::{AccountId, AppId};
use paifang_model::limits::{Limits, Profile};
use paifang_model::policy::huawei::CountedAs;
use paifang_model::policy::{Period, Settings, Special, SpecialObject, Throttle, TimeUnit};
use paifang_model::{Dialect, PolicyKind};
use serde_json::{Value, json};

use super::{complaints, least};
use crate::samples::id;

/// The least settings with these members changed; null takes one away.
fn with(changes: Value) -> Value {
    let (Value::Object(mut settings), Value::Object(changes)) = (least(), changes) else {
        panic!("no objects")
    };
    settings.extend(changes);
    Value::Object(settings)
}

fn read(changes: Value) -> Throttle {
    Throttle::read(&with(changes)).unwrap()
}

fn told(changes: Value) -> String {
    complaints(Throttle::read(&with(changes)))
}

#[test]
fn what_is_absent_or_0_limits_nothing() {
    let least = Throttle {
        counted_as: CountedAs::Each,
        period: Period { interval: 1, unit: TimeUnit::Minute },
        api: 10,
        user: None,
        app: None,
        address: None,
        specials: Vec::new(),
    };
    assert_eq!(read(json!({})), least);
    assert_eq!(read(json!({ "user_call_limits": 0, "app_call_limits": 0, "ip_call_limits": null })), least);
    assert_eq!(read(json!({ "type": 1, "enable_adaptive_control": "FALSE" })), least);
    assert_eq!(read(json!({ "type": 2 })), Throttle { counted_as: CountedAs::Together, ..least });
}

#[test]
fn periods_are_numbers_of_units() {
    for (unit, seconds) in [("SECOND", 1), ("MINUTE", 60), ("HOUR", 3_600), ("DAY", 86_400_u64)] {
        for interval in [1, 10, 2_147_483_647] {
            let period = read(json!({ "time_unit": unit, "time_interval": interval })).period;
            assert_eq!(period.seconds(), interval * seconds);
            assert_eq!(period.to_string(), format!("{interval} {}", unit.to_lowercase()));
        }
    }
}

#[test]
fn all_complaints_come_at_once() {
    insta::assert_snapshot!(complaints(Throttle::read(&json!({}))), @r"
    /api_call_limits Required: it is missing
    /time_interval Required: it is missing
    /time_unit Required: it is missing
    ");
    let wrong = json!({
        "type": 3, "time_unit": "WEEK", "time_interval": 2_147_483_648_u32, "api_call_limits": 0,
        "user_call_limits": -1, "app_call_limits": 1.5, "ip_call_limits": "9",
        "enable_adaptive_control": "TRUE", "specials": {}, "surprise/~": 1, "nothing": null,
    });
    insta::assert_snapshot!(told(wrong), @r#"
    /type Range: 3 is out of range: 1 to 2 are allowed
    /enable_adaptive_control Unsupported: throttling that adapts by itself is not offered: `FALSE` is
    /time_interval Range: 2147483648 is out of range: 1 to 2147483647 are allowed
    /time_unit Format: `WEEK` is none of: SECOND, MINUTE, HOUR, DAY
    /api_call_limits Range: 0 is out of range: 1 to 2147483647 are allowed
    /user_call_limits Range: -1 is out of range: 0 to 2147483647 are allowed
    /app_call_limits Format: `1.5` is not a whole number
    /ip_call_limits Format: `"9"` is not a whole number
    /specials Format: it is not a list
    /surprise~1~0 Unknown: there is no setting `surprise/~`
    "#);
}

#[test]
fn each_number_is_at_most_the_one_it_is_a_part_of() {
    read(json!({ "user_call_limits": 10, "app_call_limits": 10, "ip_call_limits": 10 }));
    insta::assert_snapshot!(told(json!({ "user_call_limits": 11, "ip_call_limits": 12 })), @r"
    /user_call_limits Conflict: 11 is above api_call_limits, which is 10
    /ip_call_limits Conflict: 12 is above api_call_limits, which is 10
    ");
    insta::assert_snapshot!(told(json!({ "user_call_limits": 3, "app_call_limits": 4 })), @"/app_call_limits Conflict: 4 is above user_call_limits, which is 3");
    insta::assert_snapshot!(told(json!({ "app_call_limits": 11 })), @"/app_call_limits Conflict: 11 is above api_call_limits, which is 10");
}

fn special(object_type: &str, byte: u8, limit: u32) -> Value {
    json!({ "object_type": object_type, "object_id": id(byte), "call_limits": limit })
}

#[test]
fn specials_may_exceed_all_but_the_apis_number() {
    let throttle = read(json!({
        "user_call_limits": 3, "app_call_limits": 2,
        "specials": [special("APP", 7, 10), special("USER", 8, 4)],
    }));
    let expected = [(SpecialObject::App(AppId(id(7))), 10), (SpecialObject::User(AccountId(id(8))), 4)];
    let found: Vec<_> = throttle.specials.iter().map(|special| (special.object, special.limit)).collect();
    assert_eq!(found, expected);
    let wrong = json!({ "specials": [
        special("APP", 7, 11), special("GROUP", 7, 1), special("APP", 7, 0), special("USER", 7, 1),
        { "object_type": "APP", "object_id": "shop", "call_limits": 1 }, {}, 5, special("APP", 7, 1),
    ] });
    insta::assert_snapshot!(told(wrong), @r"
    /specials/1/object_type Format: `GROUP` is none of: APP, USER
    /specials/2/call_limits Range: 0 is out of range: 1 to 2147483647 are allowed
    /specials/4/object_id Format: `shop`: an id is 32 hexadecimal digits
    /specials/5/object_type Required: it is missing
    /specials/5/object_id Required: it is missing
    /specials/5/call_limits Required: it is missing
    /specials/6 Format: it is not an object
    /specials/2/object_id Duplicate: `07070707070707070707070707070707` is excluded twice
    /specials/0/call_limits Conflict: 11 is above api_call_limits, which is 10
    ");
}

#[test]
fn there_are_30_excluded_apps_and_30_users() {
    let many = |sort: &str, number: u8| (0..number).map(|byte| special(sort, byte, 1)).collect::<Vec<_>>();
    let both = [many("APP", 30), many("USER", 30)].concat();
    assert_eq!(read(json!({ "specials": both })).specials.len(), 60);
    insta::assert_snapshot!(told(json!({ "specials": many("APP", 31) })), @"/specials Range: 31 excluded apps are too many: 30 are allowed");
    let too_many = [many("APP", 30), many("USER", 31)].concat();
    assert!(told(json!({ "specials": too_many })).contains("61 are too many"));
}

#[test]
fn specials_are_exchanged_and_all_else_stays() {
    let given = with(json!({ "remains": true, "specials": [special("APP", 7, 1)] }));
    let settings = Settings::Throttle(read(json!({})));
    let special = Special { object: SpecialObject::User(AccountId(id(8))), limit: 2, applied_at: Some(5) };
    let changed = settings.with_specials(&given, &[special]);
    assert_eq!(changed["remains"], true);
    assert_eq!(changed["specials"].as_array().unwrap().len(), 1);
    let back = Throttle::read(&with(json!({ "specials": changed["specials"] }))).unwrap();
    assert_eq!(back.specials, [special]);
    assert_eq!(settings.with_specials(&given, &[]), with(json!({ "remains": true })));
}

#[test]
fn a_profile_bounds_the_rate_over_the_period() {
    let within = |changes: Value, profile| {
        let settings = Settings::read(Dialect::Huawei, PolicyKind::Throttle, &with(changes)).unwrap();
        settings.check_within(&Limits::of(profile, Dialect::Huawei))
    };
    assert!(within(json!({ "api_call_limits": 12_000 }), Profile::Cloud).is_ok());
    assert!(within(json!({ "api_call_limits": 2_000_000_000 }), Profile::Own).is_ok());
    insta::assert_snapshot!(complaints(within(json!({ "api_call_limits": 12_001 }), Profile::Cloud)), @"/api_call_limits Range: 12001 in 1 minute is above the system's limit of 200 calls per second: 12000 are allowed");
}

proptest::proptest! {
    /// Whatever comes from outside is read or complained about.
    #[test]
    fn nothing_breaks_the_reader(text in r#"\{("(type|time_unit|specials|api_call_limits)":(null|-?[0-9]{1,20}|"[A-Z]{0,6}"|\[[0-9,]{0,3}\]|\{\}),?){0,4}\}"#) {
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            let _ = Throttle::read(&value);
        }
    }
}
