//! Pages of other origins (spec: huawei/calling.md §8).

use http::Method;
use paifang_model::definition::{Location, MatchMode, MethodRule, Parameter};
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

/// The first API of a group is often made so: it answers for every path that has no other answer, and for preflights alone.
#[tokio::test]
async fn one_with_exactly_the_path_of_all_answers_preflights_for_any_path() {
    let answers = |path: &str| api::api(MethodRule::Options, path).with(|api| api.request.cors = true);
    let mut scene = scene();
    scene.publish(answers("/").mock(200, "for all"));
    scene.publish(answers("/pets/{id}").takes(Parameter::new("id", Location::Path)).mock(200, "for a pet"));
    scene.publish(api::get("/pets").with(|api| api.request.cors = true));
    scene.publish(api::get("/pets/{id}").takes(Parameter::new("id", Location::Path)));
    let gateway = scene.start().await;
    let asked = async |path: &str, name: &str| {
        let call = gateway.call(Method::OPTIONS, path).header("origin", "https://page.example.com");
        call.header(name, "GET").send().await
    };
    for (path, answer) in
        [("/", "for all"), ("/pets", "for all"), ("/no/where", "for all"), ("/pets/1", "for a pet")]
    {
        let told = asked(path, "access-control-request-method").await;
        assert_eq!((told.status, told.text(), told.header(ORIGIN)), (200, answer.to_owned(), "*".to_owned()));
    }
    // Without the question it is no preflight, and the path is another one.
    assert_eq!(asked("/pets", "x-other").await.verdict(), "404 APIG.0101 The API does not exist.");
}

#[tokio::test]
async fn one_without_cors_answers_for_its_own_path_alone() {
    let mut scene = scene();
    scene.publish(api::api(MethodRule::Options, "/").mock(200, ""));
    scene.publish(api::get("/pets").with(|api| api.request.cors = true));
    let gateway = scene.start().await;
    let preflight = gateway.call(Method::OPTIONS, "/pets").header("origin", "https://page.example.com");
    let answer = preflight.header("access-control-request-method", "GET").send().await;
    assert_eq!(answer.verdict(), "404 APIG.0101 The API does not exist.");
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
