//! Nonces that several gateways refuse once one of them has seen them.

use paifang_model::Dialect;
use paifang_testkit::{Call, Caller, Redis, Scene, TestGateway, api};

use super::shared_limits::{joined, until};

const USED: &str = "403 S403NU Nonce Used";

/// An API for apps, and one that was granted it.
fn scene(redis: &Redis) -> (Scene, Caller) {
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.redis = Some(redis.url().parse().unwrap());
    let pets = scene.publish(api::any("/pets").for_apps());
    let app = scene.app("caller");
    scene.grant(&app, pets);
    (scene, app)
}

fn call(gateway: &TestGateway, app: &Caller, nonce: &str) -> Call {
    app.sign_ca(gateway.get("/pets").header("x-ca-nonce", nonce))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nonce_works_once_at_all_gateways_together() {
    let redis = Redis::start();
    let (scene, app) = scene(&redis);
    let (here, there) = (joined(&scene, 1).await, joined(&scene, 2).await);
    assert_eq!(call(&here, &app, "one").send().await.verdict(), "200 mock");
    assert_eq!(call(&there, &app, "one").send().await.verdict(), USED);
    assert_eq!(call(&there, &app, "two").send().await.verdict(), "200 mock");
    assert_eq!(call(&here, &app, "two").send().await.verdict(), USED);
    let asked = here.gateway.redis().unwrap().nonces;
    assert_eq!(call(&here, &app, "one").send().await.verdict(), USED);
    assert_eq!(here.gateway.redis().unwrap().nonces, asked, "it knows that by itself");
}

/// The body is signed by its digest, and read before the nonce counts.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_with_a_body_uses_its_nonce_up_too() {
    let redis = Redis::start();
    let (scene, app) = scene(&redis);
    let (here, there) = (joined(&scene, 1).await, joined(&scene, 2).await);
    let form = |gateway: &TestGateway| {
        let call =
            gateway.post("/pets", "name=Tom").header("content-type", "application/x-www-form-urlencoded");
        app.sign_ca(call.header("x-ca-nonce", "one"))
    };
    assert_eq!(form(&here).send().await.verdict(), "200 mock");
    assert_eq!(form(&there).send().await.verdict(), USED);
}

/// What is forged uses up nobody's nonce.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_proved_is_told_to_nobody() {
    let redis = Redis::start();
    let (scene, app) = scene(&redis);
    let gateway = joined(&scene, 1).await;
    let forged =
        call(&gateway, &app, "one").header("x-ca-signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    let refused = forged.send().await.verdict();
    assert!(refused.contains("Invalid Signature"), "{refused}");
    assert_eq!(gateway.gateway.redis().unwrap().nonces, 0);
    assert_eq!(call(&gateway, &app, "one").send().await.verdict(), "200 mock");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_each_gateway_remembers_for_itself() {
    let mut redis = Redis::start();
    let (scene, app) = scene(&redis);
    let gateway = joined(&scene, 1).await;
    redis.stop();
    assert_eq!(call(&gateway, &app, "one").send().await.verdict(), "200 mock");
    assert_eq!(call(&gateway, &app, "one").send().await.verdict(), USED);
    until(&gateway, |redis| redis.away.is_some()).await;
}
