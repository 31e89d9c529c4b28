//! Each limit, and callers with numbers of their own.

use paifang_model::id::AccountId;
use paifang_testkit::{TestGateway, api};
use serde_json::json;

use super::super::scene;
use super::{a_thousand_days, by, passed, statuses};

#[tokio::test]
async fn each_limit_refuses_in_its_name() {
    for (member, name) in [
        ("ip_call_limits", "ip"),
        ("app_call_limits", "app"),
        ("user_call_limits", "user"),
        ("api_call_limits", "api"),
    ] {
        let mut scene = scene();
        let pets = scene.publish(api::get("/pets").for_apps());
        let shop = scene.app("shop");
        scene.grant(&shop, pets);
        scene.throttle(pets, a_thousand_days(json!({ member: 2 })));
        let gateway = scene.start().await;
        assert_eq!(passed(&by(&gateway, &shop, "/pets"), 3).await, 2, "{member}");
        assert_eq!(
            by(&gateway, &shop, "/pets").send().await.verdict(),
            format!(
                "429 APIG.0308 The throttling threshold has been reached: policy {name} over ratelimit,\
                 limit:2,time:1000 day"
            )
        );
    }
}

/// Who proves nothing is no app and no user.
#[tokio::test]
async fn nobodys_calls_count_for_api_and_address_alone() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let settings = json!({ "api_call_limits": 3, "user_call_limits": 1, "app_call_limits": 1 });
    scene.throttle(pets, a_thousand_days(settings));
    let gateway = scene.start().await;
    assert_eq!(passed(&gateway.get("/pets"), 4).await, 3);
}

/// Linux has all of 127.0.0.0/8.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn each_address_has_calls_of_its_own() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.throttle(pets, a_thousand_days(json!({ "ip_call_limits": 2 })));
    let gateway = scene.start().await;
    for last in 2..5 {
        let call = gateway.get("/pets").from(std::net::Ipv4Addr::new(127, 0, 0, last).into());
        assert_eq!(passed(&call, 3).await, 2, "{last}");
    }
}

/// The vendor's own example: API 10, user 3, tenant A 2, tenant B 4, in a minute (spec: huawei/throttling-and-access.md §1).
#[tokio::test]
async fn an_excluded_tenant_has_its_own_number_below_or_above_the_others() {
    let (each, refused) = loop {
        let began = minute();
        let ended = four_tenants().await;
        // Calls of two minutes say nothing about one; a gateway that was just started has counted none.
        if minute() == began {
            break ended;
        }
    };
    assert_eq!(each, [2, 4, 3, 1], "the last one finds the API's ten calls used up");
    let expected = "policy api over ratelimit,limit:10,time:1 minute";
    assert!(refused.contains(expected), "{refused}");
}

fn minute() -> i64 {
    jiff::Timestamp::now().as_second() / 60
}

/// How many of five calls each tenant gets through, and what the last one is told then.
async fn four_tenants() -> (Vec<usize>, String) {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let tenants = [(); 4].map(|()| AccountId::random());
    let callers = tenants.map(|tenant| scene.app_of(tenant, "caller"));
    for caller in &callers {
        scene.grant(caller, pets);
    }
    let special = |tenant, limit| json!({ "object_type": "USER", "object_id": tenant, "call_limits": limit });
    let settings = json!({
        "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10, "user_call_limits": 3,
        "specials": [special(tenants[0], 2), special(tenants[1], 4)],
    });
    scene.throttle(pets, settings);
    let gateway = scene.start().await;
    let mut each = Vec::new();
    for caller in &callers {
        let call = by(&gateway, caller, "/pets");
        each.push(statuses(&call, 5).await.into_iter().filter(|status| *status == 200).count());
    }
    (each, by(&gateway, &callers[3], "/pets").send().await.verdict())
}

#[tokio::test]
async fn an_excluded_app_has_its_own_number_and_its_users_limit_still_holds() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let apps = [scene.app("shop"), scene.app("other"), scene.app("third")];
    for app in &apps {
        scene.grant(app, pets);
    }
    let special = json!({ "object_type": "APP", "object_id": apps[0].app, "call_limits": 4 });
    let settings = json!({ "user_call_limits": 6, "app_call_limits": 1, "specials": [special] });
    scene.throttle(pets, a_thousand_days(settings));
    let gateway = scene.start().await;
    assert_eq!(passed(&by(&gateway, &apps[0], "/pets"), 6).await, 4);
    assert_eq!(passed(&by(&gateway, &apps[1], "/pets"), 3).await, 1);
    let third = by(&gateway, &apps[2], "/pets");
    assert_eq!(passed(&third, 1).await, 1);
    let refused = by(&gateway, &apps[1], "/pets").send().await.verdict();
    assert!(refused.contains("policy app over ratelimit,limit:1,"), "{refused}");
    let refused = by(&gateway, &apps[0], "/pets").send().await.verdict();
    assert!(refused.contains("policy app over ratelimit,limit:4,"), "the first without room: {refused}");
}

#[tokio::test]
async fn an_app_may_be_excluded_where_others_have_no_limit() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let (shop, other) = (scene.app("shop"), scene.app("other"));
    for app in [&shop, &other] {
        scene.grant(app, pets);
    }
    let special = json!({ "object_type": "APP", "object_id": shop.app, "call_limits": 2 });
    scene.throttle(pets, a_thousand_days(json!({ "specials": [special] })));
    let gateway = scene.start().await;
    assert_eq!(passed(&by(&gateway, &shop, "/pets"), 4).await, 2);
    assert_eq!(passed(&by(&gateway, &other, "/pets"), 4).await, 4);
}

/// One policy at two APIs, 3 calls.
async fn two_apis(counted_as: u8) -> TestGateway {
    let mut scene = scene();
    let (cats, dogs) = (scene.publish(api::get("/cats")), scene.publish(api::get("/dogs")));
    let settings = json!({ "type": counted_as, "api_call_limits": 3, "ip_call_limits": 3 });
    let policy = scene.throttle(cats, a_thousand_days(settings));
    scene.bind(&policy, dogs);
    scene.publish(api::get("/birds"));
    scene.start().await
}

#[tokio::test]
async fn apis_count_alone_or_together() {
    for (counted_as, dogs) in [(1, 3), (2, 1)] {
        let gateway = two_apis(counted_as).await;
        assert_eq!(passed(&gateway.get("/cats"), 2).await, 2);
        assert_eq!(passed(&gateway.get("/dogs"), 4).await, dogs, "type {counted_as}");
        assert_eq!(passed(&gateway.get("/birds"), 5).await, 5, "an API without a policy is free");
    }
}
