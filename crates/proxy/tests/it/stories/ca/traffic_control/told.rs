//! What somebody is told who asks how a call is decided.

use paifang_proxy::Trial;
use paifang_proxy::exchange::ClientScheme;
use paifang_testkit::{TestGateway, api};
use paifang_wire::{Head, Method};
use serde_json::json;

use super::scene;

async fn explained(gateway: &TestGateway, target: &str) -> String {
    let mut head = Head::new(Method::GET, target.parse().unwrap());
    head.headers.insert("host", http::HeaderValue::from_static("api.example.com"));
    let (from, scheme) = ("127.0.0.1".parse().unwrap(), ClientScheme::Http);
    let trial = Trial { head, body: bytes::Bytes::new(), from, scheme, aim: None };
    let decisions = gateway.gateway.explain(trial).await.unwrap().decisions;
    let about_limits = decisions.iter().filter(|decision| decision.stage == "limits");
    about_limits.map(|decision| decision.what.as_ref()).collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn explanations_name_the_rule() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let rule = |name: &str, condition: &str, limit: u32| {
        json!({
            "name": name, "byParameters": "user", "condition": condition, "limit": limit, "period": 1000, "timeUnit": "DAY",
        })
    };
    let data = json!({
        "unit": "DAY", "apiDefault": 9,
        "defaultLimit": 5, "defaultPeriod": 1000, "defaultTimeUnit": "DAY",
        "parameters": { "user": "Query:user" },
        "rules": [rule("byUser", "1 = 1", 1), rule("dogs", "$user like 'dog%'", 3)],
    });
    scene.throttle(pets, data);
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets?user=dog7").send().await.status, 200);
    insta::assert_snapshot!(explained(&gateway, "/pets?user=dog7").await, @"not counted: 8 of 9 calls in 1 day left to the API by the policy `throttle`; 0 of 1 calls in 1000 day left to calls that carry the same by the rule `byUser` of the policy `throttle`, where a call would be refused; 2 of 3 calls in 1000 day left to calls that carry the same by the rule `dogs` of the policy `throttle`");
    insta::assert_snapshot!(explained(&gateway, "/pets").await, @"not counted: 8 of 9 calls in 1 day left to the API by the policy `throttle`; 5 of 5 calls in 1000 day left to calls that no rule counts by the policy `throttle`");
}
