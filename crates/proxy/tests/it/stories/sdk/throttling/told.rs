//! What callers are told of their limits: debug headers, explanations.

use std::net::Ipv4Addr;

use paifang_model::PolicyKind;
use paifang_model::id::ApiId;
use paifang_proxy::exchange::ClientScheme;
use paifang_proxy::{Explained, Trial};
use paifang_testkit::{Answer, Caller, Scene, TestGateway, api};
use paifang_wire::{Head, Method};
use serde_json::json;

use super::super::scene;
use super::{a_thousand_days, by, passed};

async fn told(gateway: &TestGateway, caller: &Caller) -> String {
    let answer = by(gateway, caller, "/pets").header("x-apig-mode", "debug").send().await;
    lines(&answer)
}

fn lines(answer: &Answer) -> String {
    let headers = ["ip", "app", "user", "api", "api-allenv"].iter().filter_map(|name| {
        let value = answer.header(&format!("x-apig-ratelimit-{name}"));
        (!value.is_empty()).then(|| format!("{name} {value}"))
    });
    let first = answer.status.to_string();
    std::iter::once(first).chain(headers).collect::<Vec<_>>().join("\n")
}

/// `/pets` with a policy, and an app that may call it.
fn pets(mut scene: Scene, settings: serde_json::Value) -> (Scene, Caller) {
    let (_, shop) = throttled(&mut scene, settings);
    (scene, shop)
}

fn throttled(scene: &mut Scene, settings: serde_json::Value) -> (ApiId, Caller) {
    let pets = scene.publish(api::get("/pets").for_apps());
    let shop = scene.app("shop");
    scene.grant(&shop, pets);
    scene.throttle(pets, settings);
    (pets, shop)
}

/// The seed's example: ten in ten seconds, after the first call.
#[tokio::test]
async fn debug_headers_tell_what_remains() {
    let settings = json!({ "time_interval": 10, "time_unit": "SECOND", "api_call_limits": 10 });
    let (scene, shop) = pets(scene(), settings);
    let gateway = scene.start().await;
    insta::assert_snapshot!(told(&gateway, &shop).await, @r"
    200
    api remain:9,limit:10,time:10 second
    ");
}

#[tokio::test]
async fn every_limit_that_is_configured_has_a_header() {
    let settings = json!({
        "time_unit": "HOUR", "api_call_limits": 9, "user_call_limits": 8, "app_call_limits": 7, "ip_call_limits": 6,
    });
    let (scene, shop) = pets(scene().with_cloud_limits(), a_thousand_days(settings));
    let gateway = scene.start().await;
    insta::assert_snapshot!(told(&gateway, &shop).await, @r"
    200
    ip remain:5,limit:6,time:1000 hour
    app remain:6,limit:7,time:1000 hour
    user remain:7,limit:8,time:1000 hour
    api remain:8,limit:9,time:1000 hour
    api-allenv remain:199,limit:200,time:1 second
    ");
}

#[tokio::test]
async fn an_excluded_caller_is_told_its_own_number() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let (shop, other) = (scene.app("shop"), scene.app("other"));
    for app in [&shop, &other] {
        scene.grant(app, pets);
    }
    let special = json!({ "object_type": "APP", "object_id": shop.app, "call_limits": 1 });
    scene.throttle(pets, a_thousand_days(json!({ "app_call_limits": 4, "specials": [special] })));
    let gateway = scene.start().await;
    insta::assert_snapshot!(told(&gateway, &other).await, @r"
    200
    app remain:3,limit:4,time:1000 day
    api remain:999999,limit:1000000,time:1000 day
    ");
    assert!(told(&gateway, &shop).await.contains("app remain:0,limit:1,"));
    let refused = told(&gateway, &shop).await;
    insta::assert_snapshot!(refused, @r"
    429
    app remain:0,limit:1,time:1000 day
    api remain:999998,limit:1000000,time:1000 day
    ");
}

async fn explained(gateway: &TestGateway, caller: &Caller) -> Explained {
    let call = by(gateway, caller, "/pets");
    let mut head = Head::new(Method::GET, "/pets".parse().unwrap());
    for (name, value) in &call.headers {
        head.headers.append(name.clone(), value.clone());
    }
    let (from, scheme) = (Ipv4Addr::LOCALHOST.into(), ClientScheme::Http);
    let trial = Trial { head, body: bytes::Bytes::new(), from, scheme, aim: None };
    gateway.gateway.explain(trial).await.unwrap()
}

fn about_limits(explained: &Explained) -> String {
    let decisions = explained.decisions.iter().filter(|decision| decision.stage == "limits");
    decisions.map(|decision| decision.what.to_string()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn an_explanation_says_what_is_left_and_counts_nothing() {
    let settings = json!({ "api_call_limits": 3, "app_call_limits": 2 });
    let (scene, shop) = pets(scene(), a_thousand_days(settings));
    let gateway = scene.start().await;
    for _ in 0..5 {
        let explained = explained(&gateway, &shop).await;
        assert_eq!(explained.status, 200);
        insta::allow_duplicates! {
            insta::assert_snapshot!(about_limits(&explained), @"not counted: 2 of 2 calls in 1000 day left to the app by the policy `throttle`; 3 of 3 calls in 1000 day left to the API by the policy `throttle`");
        }
    }
    assert_eq!(passed(&by(&gateway, &shop, "/pets"), 3).await, 2);
    let explained = explained(&gateway, &shop).await;
    insta::assert_snapshot!(about_limits(&explained), @"not counted: 0 of 2 calls in 1000 day left to the app by the policy `throttle`, where a call would be refused; 1 of 3 calls in 1000 day left to the API by the policy `throttle`");
}

/// With the plug-in `rate_limit` the throttling policy is void, be its numbers larger or smaller; it is bound all the same.
#[tokio::test]
async fn the_plugin_takes_the_place_of_the_policy() {
    let mut scene = scene();
    let (pets, shop) = throttled(&mut scene, a_thousand_days(json!({ "api_call_limits": 1 })));
    let content = json!({
        "scope": "basic", "default_interval": 1000, "default_time_unit": "day", "api_limit": 3, "app_limit": 2,
    });
    scene.policy(pets, PolicyKind::RateLimit, content);
    let gateway = scene.start().await;
    insta::assert_snapshot!(about_limits(&explained(&gateway, &shop).await), @"not counted: 2 of 2 calls in 1000 day left to the app by the policy `rate_limit`, in place of `throttle`; 3 of 3 calls in 1000 day left to the API by the policy `rate_limit`, in place of `throttle`");
    assert_eq!(passed(&by(&gateway, &shop, "/pets"), 4).await, 2);
    insta::assert_snapshot!(told(&gateway, &shop).await, @r"
    429
    app remain:0,limit:2,time:1000 day
    api remain:1,limit:3,time:1000 day
    ");
}
