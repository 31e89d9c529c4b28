//! Host → group (spec: aliyun/calling.md §1).

use paifang_model::id::ApiId;
use paifang_testkit::{Scene, TestGateway, api};

async fn gateway(change: impl FnOnce(&mut Scene)) -> TestGateway {
    let mut scene = super::scene();
    scene.publish(api::get("/pets").mock(200, "pets"));
    change(&mut scene);
    scene.start().await
}

async fn verdict(gateway: &TestGateway, host: &str) -> String {
    gateway.get("/pets").host(host).send().await.verdict()
}

#[tokio::test]
async fn a_bound_domain_leads_to_its_group_in_any_case_and_with_any_port() {
    let gateway = gateway(|_| {}).await;
    for host in ["api.example.com", "API.Example.COM", "api.example.com:8080", "api.example.com."] {
        assert_eq!(verdict(&gateway, host).await, "200 pets", "{host}");
    }
}

#[tokio::test]
async fn the_subdomain_leads_to_its_group() {
    let gateway = gateway(|_| {}).await;
    assert_eq!(verdict(&gateway, "group.apis.test").await, "200 pets");
}

#[tokio::test]
async fn a_subdomain_that_is_switched_off_is_unknown() {
    let gateway = gateway(|scene| scene.group.subdomain_enabled = false).await;
    assert_eq!(verdict(&gateway, "group.apis.test").await, "404 I404DO Invalid Domain `group.apis.test`");
    assert_eq!(verdict(&gateway, "api.example.com").await, "200 pets");
}

#[tokio::test]
async fn a_wildcard_domain_stands_for_one_level() {
    let gateway = gateway(|scene| scene.domain("*.shop.example", None)).await;
    assert_eq!(verdict(&gateway, "fish.shop.example").await, "200 pets");
    assert_eq!(verdict(&gateway, "shop.example").await, "404 I404DO Invalid Domain `shop.example`");
    assert_eq!(verdict(&gateway, "a.b.shop.example").await, "404 I404DO Invalid Domain `a.b.shop.example`");
}

#[tokio::test]
async fn an_exact_domain_wins_over_a_wildcard() {
    let gateway = gateway(|scene| {
        let pre = scene.stage("PRE");
        scene.publish_to(ApiId::random(), "PRE", api::get("/pets").mock(200, "rehearsed"));
        scene.domain("*.shop.example", None);
        scene.domain("pre.shop.example", Some(pre));
    })
    .await;
    assert_eq!(verdict(&gateway, "pre.shop.example").await, "200 rehearsed");
    assert_eq!(verdict(&gateway, "any.shop.example").await, "200 pets");
}

#[tokio::test]
async fn a_domain_that_is_bound_to_a_stage_leaves_no_choice() {
    let gateway = gateway(|scene| {
        let pre = scene.stage("PRE");
        scene.publish_to(ApiId::random(), "PRE", api::get("/pets").mock(200, "rehearsed"));
        scene.domain("pre.example.com", Some(pre));
    })
    .await;
    let call = gateway.get("/pets").host("pre.example.com");
    assert_eq!(call.send().await.verdict(), "200 rehearsed");
    assert_eq!(call.header("x-ca-stage", "RELEASE").send().await.verdict(), "200 rehearsed");
}

#[tokio::test]
async fn an_unknown_host_is_named() {
    let gateway = gateway(|_| {}).await;
    assert_eq!(verdict(&gateway, "nobody.example").await, "404 I404DO Invalid Domain `nobody.example`");
    assert_eq!(verdict(&gateway, "").await, "400 I400HD Invalid Header `Host` Host is malformed");
}

#[tokio::test]
async fn a_target_in_absolute_form_names_the_host() {
    // RFC 9112 §3.2.2: its authority leads, and the header has to say the same.
    let gateway = gateway(|_| {}).await;
    for (host, status) in [("API.example.com:80", 200), ("nobody.example", 400)] {
        let mut raw = gateway.raw().await;
        raw.say(format!(
            "GET http://api.example.com/pets HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ))
        .await;
        let heard = raw.hear_all().await;
        assert!(heard.starts_with(&format!("HTTP/1.1 {status} ")), "{heard}");
    }
}

#[tokio::test]
async fn a_tunnel_to_anywhere_is_no_api() {
    let backend = paifang_testkit::Backend::echo().await;
    let mut scene = super::scene();
    scene.publish(api::any("/").to(&backend));
    let gateway = scene.start().await;
    let mut raw = gateway.raw().await;
    raw.say("CONNECT api.example.com:80 HTTP/1.1\r\nHost: api.example.com:80\r\nConnection: close\r\n\r\n")
        .await;
    let heard = raw.hear_all().await;
    assert!(heard.starts_with("HTTP/1.1 404 "), "{heard}");
    assert_eq!(backend.connections(), 0);
}
