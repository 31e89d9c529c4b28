//! Where calls count that are refused.

use paifang_model::BoundQuota;
use paifang_model::policy::TimeUnit;
use paifang_testkit::{Caller, api};
use serde_json::json;

use super::scene;

/// A call takes its place in the group's rates, in the quota and in the policies' limits, or in none of them.
#[tokio::test]
async fn a_call_that_it_refuses_counts_nowhere() {
    let mut scene = scene();
    scene.number("alibaba.subdomain_calls_per_day", 5);
    let (pets, toys) =
        (scene.publish(api::get("/pets").for_apps()), scene.publish(api::get("/toys").for_apps()));
    let (shop, other) = (scene.app("shop"), scene.app("other"));
    for (caller, api) in [(&shop, pets), (&shop, toys), (&other, toys)] {
        scene.grant(caller, api);
    }
    let quota = scene.app_quota("gold", 3, TimeUnit::Day);
    scene.change_app(&shop, |app| app.quota = Some(BoundQuota { id: quota, since: 0 }));
    scene.throttle(pets, json!({ "unit": "DAY", "apiDefault": 1 }));
    let gateway = scene.start().await;
    let told = async |caller: &Caller, path| {
        caller.sign_ca(gateway.get(path).host("group.apis.test")).send().await.verdict()
    };
    assert_eq!(told(&shop, "/pets").await, "200 mock");
    for _ in 0..9 {
        assert_eq!(told(&shop, "/pets").await, "429 T429PR Throttled by PLUGIN Flow Control");
    }
    for _ in 0..2 {
        assert_eq!(told(&shop, "/toys").await, "200 mock", "three of its quota, three of the subdomain's");
    }
    for _ in 0..9 {
        let refused = told(&shop, "/toys").await;
        assert_eq!(refused, "429 T429MR Too Many Requests, throttle by app quota");
    }
    for _ in 0..2 {
        assert_eq!(told(&other, "/toys").await, "200 mock", "what the quota refuses counts nowhere either");
    }
    assert!(told(&other, "/toys").await.starts_with("429 T429ID "));
}

/// Whoever proves nothing has nothing given back, or could try without end.
#[tokio::test]
async fn a_call_that_is_refused_for_another_reason_counts_in_what_it_came_by() {
    let mut scene = scene();
    scene.number("alibaba.subdomain_calls_per_day", 3);
    let pets = scene.publish(api::get("/pets").for_apps());
    scene.throttle(pets, json!({ "unit": "DAY", "apiDefault": 9 }));
    let gateway = scene.start().await;
    let unsigned = gateway.get("/pets").host("group.apis.test");
    for _ in 0..3 {
        assert_eq!(unsigned.send().await.status, 400);
    }
    assert!(unsigned.send().await.verdict().starts_with("429 T429ID "));
}
