//! Rules that count by what a form says.

use paifang_model::definition::RequestMode;
use paifang_testkit::{Backend, api};
use serde_json::json;

use super::{passed, scene};

const FORM: &str = "application/x-www-form-urlencoded";

/// A form is read for the sake of a rule, whatever the API makes of it, and goes on as it came.
#[tokio::test]
async fn rules_go_by_fields_of_forms() {
    for mode in [RequestMode::Passthrough, RequestMode::MappingPassthrough, RequestMode::Mapping] {
        let backend = Backend::echo().await;
        let mut scene = scene();
        let pets = scene.publish(api::post("/pets").to(&backend).mode(mode));
        scene.publish(api::post("/others").to(&backend).mode(mode));
        let data = json!({
            "scope": "API", "defaultLimit": 100, "defaultPeriod": 1, "defaultTimeUnit": "DAY",
            "parameters": { "user": "Form:user" },
            "rules": [{ "name": "each", "byParameters": "user", "limit": 1, "period": 1000, "timeUnit": "DAY" }],
        });
        scene.throttle(pets, data);
        let gateway = scene.start().await;
        let form = |text: &str| {
            let call = gateway.post("/pets", text.to_owned());
            call.header("content-type", FORM)
        };
        assert_eq!(passed(2, || form("kind=cat&user=ann")).await, 1, "{mode:?}");
        if mode != RequestMode::Mapping {
            assert_eq!(backend.last().body, "kind=cat&user=ann", "{mode:?}");
        }
        assert_eq!(passed(2, || form("user=%61nn")).await, 0, "{mode:?}");
        assert_eq!(passed(2, || form("user=bob")).await, 1, "{mode:?}");
        let parts = "--x\r\nContent-Disposition: form-data; name=user\r\n\r\nbob\r\n--x--\r\n";
        let in_parts =
            || gateway.post("/pets", parts).header("content-type", "multipart/form-data; boundary=x");
        assert_eq!(passed(2, in_parts).await, 0, "{mode:?}: written in another way");
        let packed = form("user=cid").header("content-encoding", "gzip").send().await;
        assert_eq!(packed.status, 400, "{mode:?}: what nobody could see: {}", packed.verdict());
        let free = gateway.post("/others", "user=cid").header("content-type", FORM);
        let free = free.header("content-encoding", "gzip").send().await;
        assert_eq!(free.status, 200, "{mode:?}: no rule looks at this API's forms");
        let json = gateway.post("/pets", "{}").header("content-type", "application/json");
        assert_eq!(passed(2, || json.clone()).await, 2, "{mode:?}: no form, no user");
    }
}

/// As large as any form that is read.
#[tokio::test]
async fn forms_are_bounded() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    scene.number("alibaba.request_body", 10_000);
    let pets = scene.publish(api::post("/pets").to(&backend).mode(RequestMode::Passthrough));
    let rule =
        json!({ "name": "each", "byParameters": "user", "limit": 1, "period": 1000, "timeUnit": "DAY" });
    scene.throttle(pets, json!({ "parameters": { "user": "Form:user" }, "rules": [rule] }));
    let gateway = scene.start().await;
    let form = |text: String| gateway.post("/pets", text).header("content-type", FORM);
    let large = form(format!("user={}", "x".repeat(10_001))).send().await;
    assert_eq!(large.status, 413, "{}", large.verdict());
    let many = form("a&".repeat(1_001)).send().await;
    assert_eq!(many.status, 400, "{}", many.verdict());
    assert_eq!(backend.received().len(), 0);
}
