//! Pages of other origins (spec: aliyun/calling.md §9).

use http::Method;
use paifang_model::definition::MethodRule;
use paifang_testkit::{Backend, Call, TestGateway, api};

fn preflight(gateway: &TestGateway, path: &str, method: &str) -> Call {
    let call = gateway.call(Method::OPTIONS, path).header("origin", "https://page.example");
    call.header("access-control-request-method", method)
}

#[tokio::test]
async fn the_gateway_answers_a_preflight_before_it_asks_who_calls() {
    let mut scene = super::scene();
    scene.publish(api::post("/pets").for_apps());
    let gateway = scene.start().await;
    let answer = preflight(&gateway, "/pets", "POST").send().await;
    assert_eq!(answer.verdict(), "200 ");
    insta::assert_snapshot!(answer.header("access-control-allow-origin"), @"*");
    insta::assert_snapshot!(answer.header("access-control-allow-methods"), @"GET,POST,PUT,DELETE,HEAD,OPTIONS,PATCH");
    insta::assert_snapshot!(
        answer.header("access-control-allow-headers"),
        @"X-Requested-With,X-Sequence,X-Ca-Key,X-Ca-Secret,X-Ca-Version,X-Ca-Timestamp,X-Ca-Nonce,X-Ca-API-Key,X-Ca-Stage,X-Ca-Client-DeviceId,X-Ca-Client-AppId,X-Ca-Signature,X-Ca-Signature-Headers,X-Ca-Signature-Method,X-Forwarded-For,X-Ca-Date,X-Ca-Request-Mode,Authorization,Content-Type,Accept,Accept-Ranges,Cache-Control,Range,Content-MD5"
    );
    insta::assert_snapshot!(answer.header("access-control-max-age"), @"172800");
    assert_ne!(answer.header("x-ca-request-id"), "");
}

#[tokio::test]
async fn it_answers_for_an_api_with_any_method_too() {
    let backend = Backend::echo().await;
    let mut scene = super::scene();
    scene.publish(api::any("/pets").to(&backend));
    let gateway = scene.start().await;
    assert_eq!(preflight(&gateway, "/pets", "PUT").send().await.header("access-control-allow-origin"), "*");
    assert!(backend.received().is_empty());
}

#[tokio::test]
async fn an_api_with_the_method_options_answers_itself() {
    let backend = Backend::echo().await;
    let mut scene = super::scene();
    scene.publish(api::get("/pets"));
    scene.publish(api::api(MethodRule::Options, "/pets").to(&backend));
    let gateway = scene.start().await;
    let answer = preflight(&gateway, "/pets", "GET").send().await;
    assert_eq!((answer.status, backend.last().method.as_str()), (200, "OPTIONS"));
    assert_eq!(answer.header("access-control-allow-methods"), "");
}

#[tokio::test]
async fn a_preflight_for_a_path_without_apis_is_refused() {
    let mut scene = super::scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let verdict = preflight(&gateway, "/toys", "GET").send().await.verdict();
    assert_eq!(verdict, "404 I404CO Cross origin resource not found GET - /toys");
}

#[tokio::test]
async fn options_without_the_headers_of_a_preflight_is_a_call_like_any_other() {
    let mut scene = super::scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let call = preflight(&gateway, "/pets", "GET");
    for name in ["origin", "access-control-request-method"] {
        let verdict = call.clone().without(name).send().await.verdict();
        assert_eq!(verdict, "404 I404NF API not found OPTIONS /pets", "without {name}");
    }
}

#[tokio::test]
async fn a_page_may_read_answers_and_refusals() {
    let mut scene = super::scene();
    scene.publish(api::get("/open"));
    scene.publish(api::get("/closed").for_apps());
    let gateway = scene.start().await;
    for path in ["/open", "/closed"] {
        let answer = gateway.get(path).header("origin", "https://page.example").send().await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(gateway.get(path).send().await.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test]
async fn what_the_backend_says_about_origins_stays() {
    let backend = Backend::answering(|_| {
        let answer = http::Response::builder().header("access-control-allow-origin", "https://page.example");
        answer.header("access-control-allow-credentials", "true").body(Default::default()).unwrap()
    });
    let mut scene = super::scene();
    scene.publish(api::get("/pets").to(&backend.await));
    let gateway = scene.start().await;
    let answer = gateway.get("/pets").header("origin", "https://page.example").send().await;
    assert_eq!(answer.header("access-control-allow-origin"), "https://page.example");
}
