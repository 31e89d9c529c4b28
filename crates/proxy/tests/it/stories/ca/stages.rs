//! The stage a caller names (spec: aliyun/calling.md §1).

use paifang_model::id::ApiId;
use paifang_testkit::{TestGateway, api};

/// `/pets` in RELEASE, PRE and a stage that was made.
async fn gateway() -> TestGateway {
    let mut scene = super::scene();
    let pets = ApiId::random();
    scene.publish_to(pets, "RELEASE", api::get("/pets").mock(200, "released"));
    scene.publish_to(pets, "PRE", api::get("/pets").mock(200, "rehearsed"));
    let canary = scene.add_stage("CANARY1");
    scene.publish_to_stage(pets, canary, api::get("/pets").mock(200, "sung"));
    scene.start().await
}

async fn verdict(gateway: &TestGateway, stage: &str) -> String {
    gateway.get("/pets").header("x-ca-stage", stage).send().await.verdict()
}

#[tokio::test]
async fn the_header_chooses_without_regard_to_case() {
    let gateway = gateway().await;
    for (stage, said) in [
        ("RELEASE", "released"),
        ("release", "released"),
        ("PRE", "rehearsed"),
        ("Pre", "rehearsed"),
        ("CANARY1", "sung"),
        ("canary1", "sung"),
    ] {
        assert_eq!(verdict(&gateway, stage).await, format!("200 {said}"), "{stage}");
    }
}

#[tokio::test]
async fn without_a_header_or_with_an_empty_one_it_is_release() {
    let gateway = gateway().await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "200 released");
    assert_eq!(verdict(&gateway, "").await, "200 released");
}

#[tokio::test]
async fn a_stage_that_does_not_exist_is_refused() {
    let gateway = gateway().await;
    assert_eq!(verdict(&gateway, "NIGHTLY").await, "400 I400SG Invalid Stage");
}

#[tokio::test]
async fn an_api_is_there_only_in_the_stages_it_was_published_to() {
    let gateway = gateway().await;
    assert_eq!(verdict(&gateway, "TEST").await, "404 I404NF API not found GET /pets");
}
