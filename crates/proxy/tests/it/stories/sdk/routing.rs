//! Host, environment and protocol (spec: huawei/calling.md §1).

use paifang_model::definition::Protocol;
use paifang_model::id::ApiId;
use paifang_model::{Dialect, Domain, Stage};
use paifang_proxy::config::Document;
use paifang_testkit::{Scene, TestGateway, api};

use super::scene;

const UNKNOWN: &str = "404 APIG.0101 The API does not exist or has not been published in the environment.";

fn bind(scene: &mut Scene, host: &str) {
    let host = host.to_owned();
    let domain = Domain {
        id: Domain::id_of(&host),
        group: scene.group.id,
        host,
        stage: None,
        tls: Default::default(),
        patterns: Vec::new(),
    };
    scene.put(Document::Domain(domain));
}

async fn verdict_at(gateway: &TestGateway, host: &str) -> String {
    gateway.get("/pets").host(host).send().await.verdict()
}

#[tokio::test]
async fn a_host_is_matched_without_its_port_and_without_regard_to_case() {
    let mut scene = scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    for host in ["api.example.com", "API.Example.COM", "api.example.com:8080", "group.apis.test"] {
        assert_eq!(verdict_at(&gateway, host).await, "200 mock", "{host}");
    }
}

/// The dialect of a host that nobody has is the default one, unless a header tells.
#[tokio::test]
async fn an_unknown_host_has_no_api() {
    let mut scene = scene();
    scene.settings.default_dialect = Dialect::Huawei;
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    assert_eq!(verdict_at(&gateway, "other.example.com").await, UNKNOWN);
    assert_eq!(verdict_at(&gateway, "example.com").await, UNKNOWN);
}

#[tokio::test]
async fn a_header_tells_the_dialect_where_the_host_does_not() {
    let mut scene = scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let call = gateway.get("/pets").host("other.example.com");
    assert_eq!(call.clone().header("x-stage", "RELEASE").send().await.verdict(), UNKNOWN);
    assert_eq!(call.header("x-sdk-date", "20191111T093443Z").send().await.verdict(), UNKNOWN);
}

#[tokio::test]
async fn a_wildcard_domain_stands_for_one_level() {
    let mut scene = scene();
    scene.settings.default_dialect = Dialect::Huawei;
    bind(&mut scene, "*.aaa.com");
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    assert_eq!(verdict_at(&gateway, "one.aaa.com").await, "200 mock");
    assert_eq!(verdict_at(&gateway, "aaa.com").await, UNKNOWN);
    assert_eq!(verdict_at(&gateway, "one.two.aaa.com").await, UNKNOWN);
}

#[tokio::test]
async fn a_subdomain_that_is_switched_off_is_an_unknown_host() {
    let mut scene = scene();
    scene.settings.default_dialect = Dialect::Huawei;
    scene.group.subdomain_enabled = false;
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    assert_eq!(verdict_at(&gateway, "group.apis.test").await, UNKNOWN);
    assert_eq!(verdict_at(&gateway, "api.example.com").await, "200 mock");
}

/// Two environments, of which RELEASE is there from the start.
async fn in_two_environments() -> TestGateway {
    let mut scene = scene();
    let mut staging = Stage::built_in(Dialect::Huawei).next().unwrap();
    staging.id = paifang_model::id::StageId::random();
    staging.name = "Staging".to_owned();
    scene.put(Document::Stage(staging.clone()));
    let api = ApiId::random();
    scene.publish_to(api, "RELEASE", api::get("/pets").mock(200, "released"));
    scene.publish_to_stage(api, staging.id, api::get("/pets").mock(200, "staged"));
    scene.publish_to_stage(ApiId::random(), staging.id, api::get("/new"));
    scene.start().await
}

#[tokio::test]
async fn the_environment_is_named_by_a_header_and_is_release_otherwise() {
    let gateway = in_two_environments().await;
    let call = gateway.get("/pets");
    assert_eq!(call.send().await.text(), "released");
    assert_eq!(call.clone().header("X-Stage", "RELEASE").send().await.text(), "released");
    assert_eq!(call.header("X-Stage", "Staging").send().await.text(), "staged");
}

#[tokio::test]
async fn the_name_of_an_environment_is_matched_exactly() {
    let gateway = in_two_environments().await;
    for name in ["staging", "STAGING", "release", "NOWHERE"] {
        let answer = gateway.get("/pets").header("x-stage", name).send().await;
        assert_eq!(answer.verdict(), UNKNOWN, "{name}");
    }
}

#[tokio::test]
async fn an_api_is_there_only_where_it_was_published() {
    let gateway = in_two_environments().await;
    let call = gateway.get("/new");
    assert_eq!(call.send().await.verdict(), UNKNOWN);
    assert_eq!(call.header("x-stage", "Staging").send().await.status, 200);
}

#[tokio::test]
async fn an_unknown_path_and_a_wrong_method_are_told_apart() {
    let mut scene = scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/none").send().await.verdict(), UNKNOWN);
    let answer = gateway.post("/pets", "x").send().await;
    assert_eq!(answer.verdict(), "404 APIG.0101 The API does not exist.");
}

#[tokio::test]
async fn a_wrong_protocol_is_told_which_are_right() {
    let mut scene = scene();
    scene.publish(api::get("/pets").with(|api| api.request.protocols = vec![Protocol::Https]));
    let gateway = scene.start().await;
    let answer = gateway.get("/pets").send().await;
    assert_eq!(answer.verdict(), "400 APIG.0607 The following protocol is supported: HTTPS");
}
