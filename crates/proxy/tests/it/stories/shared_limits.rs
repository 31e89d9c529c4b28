//! Limits that several gateways count together, and one that loses what they count in.

use std::time::{Duration, Instant};

use paifang_model::Dialect;
use paifang_proxy::limits::RedisStanding;
use paifang_testkit::{Redis, Scene, TestGateway, api};
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
async fn joined(scene: &Scene, nodes: u32) -> TestGateway {
    let gateway = scene.clone().start().await;
    until(&gateway, |redis| redis.away.is_none() && redis.nodes >= nodes).await;
    gateway
}

async fn until(gateway: &TestGateway, is: impl Fn(&RedisStanding) -> bool) -> RedisStanding {
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
