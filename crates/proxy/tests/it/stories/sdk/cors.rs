//! Pages of other origins (spec: huawei/calling.md §8).

use http::Method;
use paifang_model::definition::{MatchMode, MethodRule};
use paifang_testkit::{Answer, Backend, api};

use super::scene;

const ORIGIN: &str = "access-control-allow-origin";

#[tokio::test]
async fn an_answer_without_cors_headers_gets_one() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    scene.publish(api::get("/open").to(&backend).with(|api| api.request.cors = true));
    scene.publish(api::get("/closed").to(&backend));
    let gateway = scene.start().await;
    let origin = |target| gateway.get(target).header("origin", "https://page.example.com");
    assert_eq!(origin("/open").send().await.header(ORIGIN), "*");
    assert_eq!(origin("/closed").send().await.header(ORIGIN), "");
}

#[tokio::test]
async fn what_the_backend_says_is_kept() {
    let backend = Backend::answering(|_| {
        let answer = http::Response::builder().header(ORIGIN, "https://page.example.com");
        answer.body("".into()).unwrap()
    })
    .await;
    let mut scene = scene();
    scene.publish(api::get("/open").to(&backend).with(|api| api.request.cors = true));
    let answer = scene.start().await.get("/open").send().await;
    assert_eq!(answer.headers.get_all(ORIGIN).iter().collect::<Vec<_>>(), ["https://page.example.com"]);
}

fn cors_headers(answer: &Answer) -> String {
    let there = answer.headers.iter().filter(|(name, _)| name.as_str().starts_with("access-control-"));
    let mut lines: Vec<_> =
        there.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    lines.sort();
    lines.join("\n")
}

/// An API of its own answers the question what may be done, for all paths below its own.
#[tokio::test]
async fn an_api_with_options_answers_preflights() {
    let mut scene = scene();
    let answers = api::api(MethodRule::Options, "/").mock(200, "");
    scene.publish(answers.with(|api| {
        api.request.cors = true;
        api.request.match_mode = MatchMode::Prefix;
    }));
    scene.publish(api::get("/pets").for_apps().with(|api| api.request.cors = true));
    let gateway = scene.start().await;
    let preflight = gateway.call(Method::OPTIONS, "/pets").header("origin", "https://page.example.com");
    let answer = preflight.header("access-control-request-method", "GET").send().await;
    assert_eq!(answer.status, 200);
    insta::assert_snapshot!(cors_headers(&answer), @r"
    access-control-allow-headers: X-Stage,X-Sdk-Date,X-Sdk-Nonce,X-Proxy-Signed-Headers,X-Sdk-Content-Sha256,X-Forwarded-For,Authorization,Content-Type,Accept,Accept-Ranges,Cache-Control,Range
    access-control-allow-methods: GET,POST,PUT,DELETE,HEAD,OPTIONS,PATCH
    access-control-allow-origin: *
    access-control-expose-headers: X-Request-Id,X-Apig-Latency,X-Apig-Upstream-Latency,X-Apig-RateLimit-Api,X-Apig-RateLimit-User,X-Apig-RateLimit-App,X-Apig-RateLimit-Ip,X-Apig-RateLimit-Api-Allenv
    access-control-max-age: 172800
    ");
}

#[tokio::test]
async fn without_such_an_api_a_preflight_is_no_call() {
    let mut scene = scene();
    scene.publish(api::get("/pets").with(|api| api.request.cors = true));
    let gateway = scene.start().await;
    let preflight = gateway.call(Method::OPTIONS, "/pets").header("origin", "https://page.example.com");
    let answer = preflight.header("access-control-request-method", "GET").send().await;
    assert_eq!(answer.verdict(), "404 APIG.0101 The API does not exist.");
}
