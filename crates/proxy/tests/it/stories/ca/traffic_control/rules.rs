//! Rules that count by what calls carry.

use paifang_testkit::api;
use serde_json::{Value, json};

use super::{passed, scene};

/// The data as one writes it in the vendor's console.
#[tokio::test]
async fn rules_go_by_what_calls_carry() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let data = r#"
scope: API
defaultLimit: 2
defaultPeriod: 1000
defaultTimeUnit: DAY
defaultRetryAfter: 7
parameters:
  user: "Query:user"
  plan: "Header:X-Plan"
  client: "XFF:-1"
rules:
  - name: byUser
    byParameters: "user,client"
    condition: "$plan != 'gold'"
    limit: 1
    period: 1000
    timeUnit: DAY
"#;
    scene.throttle(pets, json!(data));
    let gateway = scene.start().await;
    let call = |user: &str, client: &str, plan: &str| {
        let call = gateway
            .get(&format!("/pets?user={user}"))
            .header("x-forwarded-for", &format!("9.9.9.9, {client}"));
        call.header("x-plan", plan)
    };
    assert_eq!(passed(2, || call("a", "1.1.1.1", "tin")).await, 1);
    assert_eq!(passed(2, || call("%61", "1.1.1.1", "tin")).await, 0, "values are compared decoded");
    assert_eq!(passed(2, || call("a", "2.2.2.2", "tin")).await, 1);
    assert_eq!(passed(2, || call("b", "1.1.1.1", "tin")).await, 1);
    assert_eq!(passed(3, || call("a", "1.1.1.1", "gold")).await, 2, "the default takes what no rule counts");
    let without = gateway.get("/pets").send().await;
    assert_eq!(
        (without.status, without.header("retry-after").as_str()),
        (429, "7"),
        "without a user no rule counts"
    );
}

/// One client is counted as one, however its proxy writes it; and what a client writes before that hides nobody.
#[tokio::test]
async fn rules_go_by_the_address_in_x_forwarded_for() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let rule =
        json!({ "name": "each", "byParameters": "client", "limit": 1, "period": 1000, "timeUnit": "DAY" });
    scene.throttle(pets, json!({ "scope": "API", "parameters": { "client": "XFF:-1" }, "rules": [rule] }));
    let gateway = scene.start().await;
    let from = |value: &[u8]| {
        let mut call = gateway.get("/pets");
        call.headers.insert("x-forwarded-for", http::HeaderValue::from_bytes(value).unwrap());
        call
    };
    for (value, expected) in [
        (&b"1.1.1.1"[..], 1),
        (b"1.1.1.1:4711", 0),
        (b"\xff, 1.1.1.1", 0),
        (b"2001:db8::1", 1),
        (b"[2001:DB8:0::1]", 0),
        (b"[2001:db8::1]:4711", 0),
        // A client has a network of 64 bits.
        (b"2001:db8::ffff:9", 0),
        (b"2001:db8:0:1::1", 1),
        (b"::ffff:1.1.1.1", 0),
        (b"unknown", 1),
        (b"\xff", 1),
    ] {
        assert_eq!(passed(2, || from(value)).await, expected, "{value:?}");
    }
}

/// Another spelling of a path is no way around a rule.
#[tokio::test]
async fn rules_see_the_path_by_which_an_api_was_found() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let data = json!({
        "scope": "API", "defaultLimit": 9, "defaultPeriod": 1000, "defaultTimeUnit": "DAY",
        "parameters": { "path": "Path" },
        "rules": [{
            "name": "pets", "condition": "$path = '/pets'", "byParameters": "path",
            "limit": 1, "period": 1000, "timeUnit": "DAY",
        }],
    });
    scene.throttle(pets, data);
    let gateway = scene.start().await;
    assert_eq!(passed(2, || gateway.get("/pets")).await, 1);
    assert_eq!(passed(2, || gateway.get("/%70ets?any=thing")).await, 0);
}

/// A client of IPv6 calls from as many addresses as it likes.
#[tokio::test]
async fn an_address_of_ipv6_counts_as_its_network() {
    for place in ["System:CaClientIp", "XFF:0"] {
        let mut scene = scene();
        scene.settings.edge.trusted_proxies = "127.0.0.0/8".parse().unwrap();
        let pets = scene.publish(api::get("/pets"));
        let rule = json!({ "name": "each", "byParameters": "client", "limit": 2, "period": 1000, "timeUnit": "DAY" });
        scene.throttle(pets, json!({ "parameters": { "client": place }, "rules": [rule] }));
        let gateway = scene.start().await;
        let from = |client: &str| gateway.get("/pets").header("x-forwarded-for", client);
        for (client, expected) in [
            ("2001:db8:1:2::1", 1),
            ("2001:db8:1:2:ffff::9", 1),
            ("2001:db8:1:2:3:4:5:6", 0),
            ("2001:db8:1:3::1", 1),
            ("192.0.2.1", 1),
            ("::ffff:192.0.2.1", 1),
            ("192.0.2.1", 0),
            ("192.0.2.2", 1),
        ] {
            assert_eq!(passed(1, || from(client)).await, expected, "{place}: {client}");
        }
    }
}

fn of_pets_and_toys(scope: &Value) -> Value {
    json!({
        "scope": scope, "defaultLimit": 3, "defaultPeriod": 1000, "defaultTimeUnit": "DAY",
        "parameters": { "user": "Query:user" },
        "rules": [{ "name": "each", "byParameters": "user", "limit": 2, "period": 1000, "timeUnit": "DAY" }],
    })
}

#[tokio::test]
async fn a_plug_in_counts_its_apis_together_or_each_alone() {
    for (scope, together) in [(json!("PLUGIN"), true), (json!("API"), false), (Value::Null, false)] {
        let mut scene = scene();
        let (pets, toys) = (scene.publish(api::get("/pets")), scene.publish(api::get("/toys")));
        let policy = scene.throttle(pets, of_pets_and_toys(&scope));
        scene.bind(&policy, toys);
        let gateway = scene.start().await;
        let left = |of_each: usize, used: usize| if together { of_each - used } else { of_each };
        assert_eq!(passed(1, || gateway.get("/pets?user=ann")).await, 1);
        assert_eq!(passed(4, || gateway.get("/toys?user=ann")).await, left(2, 1), "{scope}: a rule");
        assert_eq!(passed(1, || gateway.get("/toys?user=bob")).await, 1);
        assert_eq!(passed(2, || gateway.get("/pets")).await, 2);
        assert_eq!(passed(4, || gateway.get("/toys")).await, left(3, 2), "{scope}: the default");
    }
}
