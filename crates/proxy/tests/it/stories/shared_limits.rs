//! Limits that several gateways count together, and one that loses what they count in.

use std::time::{Duration, Instant};

use paifang_model::policy::TimeUnit;
use paifang_model::{BoundQuota, Dialect};
use paifang_proxy::limits::RedisStanding;
use paifang_testkit::{Caller, Redis, Scene, TestGateway, api};
use serde_json::json;
use tokio::task::JoinSet;

/// So many calls in a thousand days: no test meets the end of them.
fn scene(redis: &Redis, calls: u32) -> Scene {
    let mut scene = Scene::new(Dialect::Huawei);
    scene.redis = Some(redis.url().parse().unwrap());
    let api = scene.publish(api::get("/pets").mock(200, "a pet"));
    scene.throttle(
        api,
        json!({ "time_interval": 1000, "time_unit": "DAY", "api_call_limits": calls, "user_call_limits": calls }),
    );
    scene
}

/// A gateway that knows of so many nodes.
pub(super) async fn joined(scene: &Scene, nodes: u32) -> TestGateway {
    let gateway = scene.clone().start().await;
    until(&gateway, |redis| redis.away.is_none() && redis.nodes >= nodes).await;
    gateway
}

pub(super) async fn until(gateway: &TestGateway, is: impl Fn(&RedisStanding) -> bool) -> RedisStanding {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let standing = gateway.gateway.redis().unwrap();
        if is(&standing) {
            return standing;
        }
        assert!(Instant::now() < deadline, "{standing:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// How many of so many calls were let through; all others were refused for the limit.
async fn let_through(gateway: &TestGateway, calls: u32) -> u32 {
    let mut through = 0;
    for _ in 0..calls {
        match gateway.get("/pets").send().await.status {
            200 => through += 1,
            status => assert_eq!(status, 429),
        }
    }
    through
}

#[tokio::test(flavor = "multi_thread")]
async fn three_gateways_never_let_more_through_than_the_limit() {
    const LIMIT: u32 = 1000;
    let redis = Redis::start();
    let scene = scene(&redis, LIMIT);
    let mut calls = JoinSet::new();
    for nodes in 1..=3 {
        let gateway = joined(&scene, nodes).await;
        calls.spawn(async move {
            let through = let_through(&gateway, LIMIT * 2 / 3).await;
            (through, gateway.gateway.redis().unwrap())
        });
    }
    let ended = calls.join_all().await;
    let through: u32 = ended.iter().map(|(through, _)| through).sum();
    assert!((LIMIT - LIMIT / 100..=LIMIT).contains(&through), "{through} of {LIMIT}");
    let asked: u64 = ended.iter().map(|(_, redis)| redis.asked).sum();
    assert!(asked < u64::from(LIMIT), "{asked} questions for {LIMIT} calls that were let through");
    assert!(ended.iter().all(|(_, redis)| redis.failed == 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_refused_asks_no_more() {
    let redis = Redis::start();
    let gateway = joined(&scene(&redis, 3), 1).await;
    assert_eq!(let_through(&gateway, 5).await, 3);
    let refused = gateway.get("/pets").send().await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 0);
    // The last one is refused by what this gateway counted itself.
    assert!(gateway.gateway.redis().unwrap().asked <= 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_a_gateway_goes_on_with_what_it_counted() {
    let mut redis = Redis::start();
    let scene = scene(&redis, 100);
    let (here, there) = (joined(&scene, 1).await, joined(&scene, 2).await);
    assert_eq!(let_through(&here, 30).await, 30);
    redis.stop();
    assert_eq!(let_through(&here, 100).await, 70, "30 of its 100 were used");
    let away = until(&here, |redis| redis.away.is_some()).await;
    assert_eq!(away.nodes, 1);
    redis.resume();
    until(&here, |redis| redis.away.is_none()).await;
    until(&there, |redis| redis.away.is_none()).await;
    assert_eq!(let_through(&here, 5).await, 0, "what it counted itself still holds");
    assert_eq!(let_through(&there, 150).await, 100, "what was in Redis is gone with it");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_starts_without_redis_serves() {
    let mut redis = Redis::start();
    redis.stop();
    let gateway = scene(&redis, 2).start().await;
    assert_eq!(let_through(&gateway, 3).await, 2);
    until(&gateway, |redis| redis.away.as_deref().is_some_and(|reason| reason != "it has not answered yet"))
        .await;
    redis.resume();
    until(&gateway, |redis| redis.away.is_none()).await;
}

/// Two APIs of the first cloud's dialect, one of which is throttled, for an app with a quota; all calls go through the
/// subdomain, which has a number too. So a call meets limits before and after it is known who calls, and when the
/// parameters are.
struct Slots {
    scene: Scene,
    shop: Caller,
}

impl Slots {
    fn new(redis: &Redis, subdomain: u64, quota: u32, throttle: u32) -> Self {
        let mut scene = Scene::new(Dialect::Alibaba);
        scene.redis = Some(redis.url().parse().unwrap());
        scene.number("alibaba.subdomain_calls_per_day", subdomain);
        let (pets, toys) =
            (scene.publish(api::get("/pets").for_apps()), scene.publish(api::get("/toys").for_apps()));
        let shop = scene.app("shop");
        scene.grant(&shop, pets);
        scene.grant(&shop, toys);
        let quota = scene.app_quota("gold", quota, TimeUnit::Day);
        scene.change_app(&shop, |app| app.quota = Some(BoundQuota { id: quota, since: 0 }));
        scene.throttle(pets, json!({ "unit": "DAY", "apiDefault": throttle }));
        Self { scene, shop }
    }

    async fn told(&self, gateway: &TestGateway, path: &str) -> String {
        let call = self.shop.sign_ca(gateway.get(path).host("group.apis.test"));
        call.send().await.verdict().split_whitespace().take(2).collect::<Vec<_>>().join(" ")
    }
}

fn asked(gateway: &TestGateway) -> u64 {
    gateway.gateway.redis().unwrap().asked
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_of_every_slot_cost_one_round_trip_together() {
    let redis = Redis::start();
    let slots = Slots::new(&redis, 50, 50, 50);
    let gateway = joined(&slots.scene, 1).await;
    for calls in 1..=5 {
        let before = asked(&gateway);
        assert_eq!(slots.told(&gateway, "/pets").await, "200 mock");
        assert!(asked(&gateway) - before <= 1, "call {calls}");
    }
    assert!(asked(&gateway) > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_one_limit_refuses_has_no_place_in_any_other_at_any_gateway() {
    let redis = Redis::start();
    let slots = Slots::new(&redis, 9, 4, 1);
    let (here, there) = (joined(&slots.scene, 1).await, joined(&slots.scene, 2).await);
    assert_eq!(slots.told(&here, "/pets").await, "200 mock");
    for _ in 0..9 {
        assert_eq!(slots.told(&there, "/pets").await, "429 T429PR");
    }
    // What the refused calls took of Redis is the next ones'.
    for _ in 0..3 {
        assert_eq!(slots.told(&there, "/toys").await, "200 mock");
    }
    for gateway in [&there, &here] {
        assert_eq!(slots.told(gateway, "/toys").await, "429 T429MR", "its quota of four is used up");
    }
}

/// The calls that prove nothing are counted for all gateways, and are told of a full limit, which comes first, though it is
/// another gateway that has filled it.
#[tokio::test(flavor = "multi_thread")]
async fn calls_that_prove_nothing_count_for_all_gateways() {
    let redis = Redis::start();
    let slots = Slots::new(&redis, 4, 50, 50);
    let (here, there) = (joined(&slots.scene, 1).await, joined(&slots.scene, 2).await);
    let told = async |gateway: &TestGateway| {
        let before = asked(gateway);
        let answer = gateway.get("/pets").host("group.apis.test").send().await;
        assert!(asked(gateway) - before <= 1);
        answer.status
    };
    for gateway in [&here, &there, &here, &there] {
        assert_eq!(told(gateway).await, 400);
    }
    for gateway in [&here, &there] {
        assert_eq!(told(gateway).await, 429);
        assert_eq!(slots.told(gateway, "/pets").await, "429 T429ID");
    }
}

/// Calls that come together take what they want and no more.
#[tokio::test(flavor = "multi_thread")]
async fn many_calls_at_once_leave_what_they_do_not_want() {
    const LIMIT: u32 = 1000;
    let redis = Redis::start();
    let scene = scene(&redis, LIMIT);
    let gateways = [joined(&scene, 1).await, joined(&scene, 2).await, joined(&scene, 3).await];
    let call = gateways[0].get("/pets");
    let first = futures_util::future::join_all((0..64).map(|_| call.send())).await;
    assert!(first.iter().all(|answer| answer.status == 200));
    let asked = asked(&gateways[0]);
    assert!(asked <= 8, "{asked} questions for 64 calls at once");
    let elsewhere = let_through(&gateways[1], LIMIT).await + let_through(&gateways[2], LIMIT).await;
    let through = 64 + elsewhere;
    assert!((LIMIT - LIMIT / 100..=LIMIT).contains(&through), "{through} of {LIMIT}");
}
