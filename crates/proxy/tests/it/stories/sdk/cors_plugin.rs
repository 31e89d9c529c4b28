//! The plug-in `cors` (spec: huawei/plugins.md): the gateway answers preflights itself, and what pages of other origins are told
//! is left to their browsers.

use http::Method;
use paifang_model::PolicyKind;
use paifang_testkit::{Call, TestGateway, api};
use serde_json::json;

use super::scene;

const PAGE: &str = "https://www.example.com";

fn preflight(gateway: &TestGateway, path: &str, origin: &str) -> Call {
    let call = gateway.call(Method::OPTIONS, path).header("access-control-request-method", "GET");
    call.header("origin", origin)
}

#[tokio::test]
async fn preflights_of_an_api_that_has_it_are_answered() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.publish(api::get("/cats"));
    let content = json!({
        "allow_origin": "www.example.com", "allow_methods": "GET,POST", "allow_headers": "X-Token",
        "expose_headers": "X-Request-Id", "max_age": 600, "allow_credentials": true,
    });
    scene.policy(pets, PolicyKind::Cors, content);
    let gateway = scene.start().await;
    let answer = preflight(&gateway, "/pets", PAGE).send().await;
    let told = ["allow-origin", "allow-methods", "allow-headers", "max-age", "allow-credentials"]
        .map(|name| answer.header(&format!("access-control-{name}")));
    assert_eq!(answer.status, 200);
    assert_eq!(told, [PAGE, "GET,POST", "X-Token", "600", "true"]);
    let read = gateway.get("/pets").header("origin", PAGE).send().await;
    assert_eq!((read.status, read.header("access-control-allow-origin")), (200, PAGE.to_owned()));

    let stranger = preflight(&gateway, "/pets", "https://elsewhere.example.com").send().await;
    assert_eq!((stranger.status, stranger.header("access-control-allow-origin")), (200, String::new()));
    let read = gateway.get("/pets").header("origin", "https://elsewhere.example.com").send().await;
    assert_eq!((read.status, read.header("access-control-allow-origin")), (200, String::new()));
    assert_eq!(preflight(&gateway, "/cats", PAGE).send().await.status, 404, "it has no plug-in");
}

/// The plug-in `rate_limit` counts as a throttling policy does, and beside one.
#[tokio::test]
async fn a_rate_limit_is_one_more_limit() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let content = json!({
        "scope": "basic", "default_interval": 1000, "default_time_unit": "day", "api_limit": 3, "ip_limit": 2,
    });
    scene.policy(pets, PolicyKind::RateLimit, content);
    scene.throttle(pets, json!({ "time_interval": 1000, "time_unit": "DAY", "api_call_limits": 9 }));
    let gateway = scene.start().await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(gateway.get("/pets").send().await.status);
    }
    assert_eq!(statuses, [200, 200, 429]);
}
