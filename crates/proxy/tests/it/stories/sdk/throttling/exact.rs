//! A limit is exact, and a refused call takes nothing from any other.

use paifang_testkit::api;
use serde_json::json;

use super::super::scene;
use super::{a_thousand_days, by, passed};

/// Eight clients at once, answered by four workers: as many calls pass as may, and not one more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_400_calls_from_8_clients_100_pass() {
    let mut scene = scene();
    scene.workers = 4;
    let pets = scene.publish(api::get("/pets"));
    scene.throttle(pets, a_thousand_days(json!({ "api_call_limits": 100, "ip_call_limits": 100 })));
    let gateway = scene.start().await;
    let clients = (0..8).map(|_| {
        let (call, connecting) = (gateway.get("/pets"), gateway.connect());
        async move {
            let mut connection = connecting.await;
            let mut passed = 0;
            for _ in 0..50 {
                let status = connection.send(&call).await.status;
                assert!([200, 429].contains(&status), "{status}");
                passed += usize::from(status == 200);
            }
            passed
        }
    });
    let passed: usize = futures_util::future::join_all(clients).await.into_iter().sum();
    assert_eq!(passed, 100);
}

#[tokio::test]
async fn a_refused_call_takes_nothing() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let (shop, other) = (scene.app("shop"), scene.app("other"));
    for app in [&shop, &other] {
        scene.grant(app, pets);
    }
    scene.throttle(pets, a_thousand_days(json!({ "api_call_limits": 3, "app_call_limits": 2 })));
    let gateway = scene.start().await;
    assert_eq!(passed(&by(&gateway, &shop, "/pets"), 10).await, 2);
    let last = by(&gateway, &other, "/pets").header("x-apig-mode", "debug").send().await;
    assert_eq!(last.status, 200, "eight refused calls left the third place of the API");
    assert_eq!(last.header("x-apig-ratelimit-api"), "remain:0,limit:3,time:1000 day");
}

/// Calls that are refused before throttling are not counted (spec: huawei/calling.md §2).
#[tokio::test]
async fn who_may_not_call_is_not_counted() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let (shop, stranger) = (scene.app("shop"), scene.app("stranger"));
    scene.grant(&shop, pets);
    scene.throttle(pets, a_thousand_days(json!({ "api_call_limits": 1 })));
    let gateway = scene.start().await;
    for _ in 0..3 {
        assert_eq!(by(&gateway, &stranger, "/pets").send().await.status, 403);
    }
    assert_eq!(passed(&by(&gateway, &shop, "/pets"), 2).await, 1);
    assert_eq!(by(&gateway, &stranger, "/pets").send().await.status, 403, "and is told so, not 429");
}
