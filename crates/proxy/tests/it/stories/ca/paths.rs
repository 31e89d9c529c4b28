//! Path, method and protocol → API (spec: aliyun/calling.md §1).

use http::Method;
use paifang_model::definition::{Location, MethodRule, Parameter, Protocol};
use paifang_proxy::Trial;
use paifang_proxy::exchange::ClientScheme;
use paifang_testkit::TestGateway;
use paifang_testkit::api::{self, Api, get};

async fn gateway(apis: impl IntoIterator<Item = Api>) -> TestGateway {
    let mut scene = super::scene();
    for api in apis {
        scene.publish(api);
    }
    scene.start().await
}

fn with_id(path: &str, said: &str) -> Api {
    get(path).takes(Parameter::new("id", Location::Path)).mock(200, said)
}

#[tokio::test]
async fn a_literal_wins_over_a_parameter_and_a_parameter_over_all_child_paths() {
    let gateway = gateway([
        get("/pets/cat").mock(200, "literal"),
        with_id("/pets/[id]", "parameter"),
        get("/pets/*").mock(200, "all below"),
    ])
    .await;
    for (path, said) in [
        ("/pets/cat", "literal"),
        ("/pets/dog", "parameter"),
        ("/pets/dog/toys", "all below"),
        ("/pets/cat/toys/1", "all below"),
    ] {
        assert_eq!(gateway.get(path).send().await.verdict(), format!("200 {said}"), "{path}");
    }
}

#[tokio::test]
async fn a_path_that_no_api_has_is_named() {
    let gateway = gateway([get("/pets").mock(200, "")]).await;
    for path in ["/pet", "/pets/", "/Pets", "/pets/1", "/"] {
        let verdict = gateway.get(path).send().await.verdict();
        assert_eq!(verdict, format!("404 I404NF API not found GET {path}"));
    }
}

#[tokio::test]
async fn the_base_path_of_the_group_comes_first() {
    let mut scene = super::scene();
    scene.group.base_path = "/v2".to_owned();
    scene.publish(get("/pets").mock(200, "pets"));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/v2/pets").send().await.verdict(), "200 pets");
    assert_eq!(gateway.get("/pets").send().await.verdict(), "404 I404NF API not found GET /pets");
}

#[tokio::test]
async fn methods_have_apis_of_their_own() {
    let gateway = gateway([get("/pets").mock(200, "listed"), api::post("/pets").mock(201, "made")]).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "200 listed");
    assert_eq!(gateway.post("/pets", "").send().await.verdict(), "201 made");
    let verdict = gateway.call(Method::DELETE, "/pets").send().await.verdict();
    assert_eq!(verdict, "404 I404NF API not found DELETE /pets");
}

#[tokio::test]
async fn any_takes_the_methods_that_no_api_names() {
    let gateway = gateway([get("/pets").mock(200, "named"), api::any("/pets").mock(200, "any")]).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "200 named");
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let verdict = gateway.call(method.clone(), "/pets").send().await.verdict();
        assert_eq!(verdict, "200 any", "{method}");
    }
}

#[tokio::test]
async fn every_method_can_be_an_apis() {
    let rules = [
        MethodRule::Get,
        MethodRule::Post,
        MethodRule::Put,
        MethodRule::Delete,
        MethodRule::Head,
        MethodRule::Patch,
        MethodRule::Options,
    ];
    let gateway = gateway(rules.map(|rule| api::api(rule, "/pets").mock(200, rule.as_str().unwrap()))).await;
    for name in rules.map(|rule| rule.as_str().unwrap()) {
        let answer = gateway.call(name.parse().unwrap(), "/pets").send().await;
        // RFC 9110 §9.3.2: an answer to HEAD has no body.
        let body = if name == "HEAD" { "" } else { name };
        assert_eq!((answer.status, answer.text().as_str()), (200, body));
    }
}

#[tokio::test]
async fn a_path_is_matched_decoded() {
    let gateway = gateway([get("/pets").mock(200, "pets"), with_id("/by/[id]", "by id")]).await;
    assert_eq!(gateway.get("/p%65ts").send().await.verdict(), "200 pets");
    assert_eq!(gateway.get("/by/%E4%B8%AD").send().await.verdict(), "200 by id");
}

#[tokio::test]
async fn a_path_that_can_be_read_in_two_ways_is_refused() {
    let gateway = gateway([get("/pets/*").mock(200, "below")]).await;
    for path in ["/pets/%00", "/pets/../admin", "/pets/%2e%2e/admin", "/pets/%zz", "/pets/%ff"] {
        let mut raw = gateway.raw().await;
        raw.say(format!("GET {path} HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n\r\n")).await;
        let heard = raw.hear_all().await.to_ascii_lowercase();
        assert!(
            heard.starts_with("http/1.1 400 ") && heard.contains("x-ca-error-code: i400pa"),
            "{path}: {heard}"
        );
    }
}

#[tokio::test]
async fn an_api_refuses_protocols_that_it_does_not_have() {
    let only = |protocol| get("/pets").with(|api| api.request.protocols = vec![protocol]).mock(200, "pets");
    let secure = gateway([only(Protocol::Https)]).await;
    let verdict = secure.get("/pets").send().await.verdict();
    assert_eq!(verdict, "403 I403PT Invalid protocol HTTP unsupported");
    assert_eq!(over_tls(&secure).await, (200, String::new()));
    let plain = gateway([only(Protocol::Http)]).await;
    assert_eq!(plain.get("/pets").send().await.verdict(), "200 pets");
    assert_eq!(over_tls(&plain).await, (403, "Invalid protocol HTTPS unsupported".to_owned()));
}

/// Status and error message of a call that came by TLS.
async fn over_tls(gateway: &TestGateway) -> (u16, String) {
    let mut headers = paifang_wire::Headers::new();
    headers.insert(http::header::HOST, http::HeaderValue::from_static("api.example.com"));
    let head = paifang_wire::Head {
        method: Method::GET,
        target: "/pets".parse().unwrap(),
        version: http::Version::HTTP_11,
        headers,
    };
    let (from, scheme) = ([127, 0, 0, 1].into(), ClientScheme::Https);
    let trial = Trial { head, body: bytes::Bytes::new(), from, scheme, aim: None };
    let explained = gateway.gateway.explain(trial).await.unwrap();
    let message = explained.headers.text("x-ca-error-message").unwrap_or_default().to_owned();
    (explained.status.as_u16(), message)
}
