//! Headers of answers and of what the backend receives, and the form of errors (spec: huawei/calling.md §5, §6, §9).

use paifang_model::definition::Protocol;
use paifang_testkit::{Answer, Backend, api};

use super::scene;

fn is_request_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The headers that the gateway adds for debugging, sorted, with times as `N`.
fn debug_headers(answer: &Answer) -> String {
    let mut lines: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("x-apig-"))
        .map(|(name, value)| match value.to_str().unwrap().parse::<u64>() {
            Ok(_) => format!("{name}: N"),
            Err(_) => format!("{name}: {}", value.to_str().unwrap()),
        })
        .collect();
    lines.sort();
    lines.join("\n")
}

#[tokio::test]
async fn every_answer_has_an_id_and_names_the_server() {
    let backend = Backend::answering(|_| {
        let answer = http::Response::builder().header("server", "nginx").header("x-request-id", "mine");
        answer.body("pets".into()).unwrap()
    })
    .await;
    let mut scene = scene();
    scene.publish(api::get("/pets").to(&backend));
    scene.publish(api::get("/mock"));
    let gateway = scene.start().await;
    for target in ["/pets", "/mock", "/none"] {
        let answer = gateway.get(target).send().await;
        assert_eq!(answer.header("server"), "api-gateway", "{target}");
        assert!(is_request_id(&answer.header("x-request-id")), "{target}");
        assert_eq!(answer.headers.get_all("x-request-id").iter().count(), 1, "{target}");
        assert_eq!(debug_headers(&answer), "", "{target}");
    }
}

#[tokio::test]
async fn every_call_has_an_id_of_its_own() {
    let mut scene = scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let (one, other) = (gateway.get("/pets").send().await, gateway.get("/pets").send().await);
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
}

#[tokio::test]
async fn an_error_is_json_with_three_fields_in_order() {
    let gateway = scene().start().await;
    let answer = gateway.get("/none").send().await;
    assert_eq!(answer.header("content-type"), "application/json");
    let id = answer.header("x-request-id");
    let text = answer.text().replace(&id, "<id>");
    insta::assert_snapshot!(text, @r#"{"error_code":"APIG.0101","error_msg":"The API does not exist or has not been published in the environment.","request_id":"<id>"}"#);
}

#[tokio::test]
async fn debug_mode_tells_times_and_what_the_default_limit_has_left() {
    let backend = Backend::echo().await;
    let mut scene = scene().with_cloud_limits();
    scene.publish(api::get("/pets").to(&backend));
    let gateway = scene.start().await;
    let answer = gateway.get("/pets").header("X-Apig-Mode", "debug").send().await;
    insta::assert_snapshot!(debug_headers(&answer), @r"
    x-apig-latency: N
    x-apig-ratelimit-api-allenv: remain:199,limit:200,time:1 second
    x-apig-upstream-latency: N
    ");
}

#[tokio::test]
async fn a_mock_has_no_upstream_latency() {
    let mut scene = scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let answer = gateway.get("/pets").header("x-apig-mode", "debug").send().await;
    insta::assert_snapshot!(debug_headers(&answer), @"x-apig-latency: N");
}

#[tokio::test]
async fn the_backend_learns_who_called_and_how() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    scene.publish(api::get("/pets").to(&backend));
    let gateway = scene.start().await;
    gateway.get("/pets").send().await;
    let received = backend.last();
    insta::assert_snapshot!(received.lines(), @r"
    GET /
    x-forwarded-for: 127.0.0.1
    x-forwarded-proto: http
    x-real-ip: 127.0.0.1
    ");
    assert_eq!(received.header("host"), backend.address().to_string());
    assert_eq!(received.header("x-forwarded-port"), gateway.address.port().to_string());
}

#[tokio::test]
async fn addresses_that_were_forwarded_before_are_kept() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    scene.publish(api::get("/pets").to(&backend));
    let gateway = scene.start().await;
    gateway.get("/pets").header("x-forwarded-for", "10.1.2.3").header("x-real-ip", "10.9.9.9").send().await;
    assert_eq!(backend.last().header("x-forwarded-for"), "10.1.2.3, 127.0.0.1");
    assert_eq!(backend.last().header("x-real-ip"), "127.0.0.1");
}

#[tokio::test]
async fn secrets_go_no_further() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let api = scene.publish(api::get("/pets").for_apps().to(&backend));
    let caller = scene.app("caller");
    scene.grant(&caller, api);
    scene.publish(api::get("/open").to(&backend));
    let gateway = scene.start().await;
    let call = gateway.get("/open").header("x-auth-token", "token").header("x-apig-appcode", "code");
    assert_eq!(call.send().await.status, 200);
    assert_eq!(
        (backend.last().header("x-auth-token"), backend.last().header("x-apig-appcode")),
        Default::default()
    );
    // The signature holds no secret; a backend may look at it.
    caller.sign_sdk(gateway.get("/pets")).send().await;
    assert!(backend.last().header("authorization").starts_with("SDK-HMAC-SHA256 Access="));
}

#[tokio::test]
async fn what_concerns_one_connection_only_stays_there() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    scene.publish(api::get("/pets").to(&backend).with(|api| api.request.protocols.push(Protocol::Websocket)));
    let gateway = scene.start().await;
    let call = gateway.get("/pets").header("connection", "x-hop").header("x-hop", "1");
    call.header("te", "trailers, gzip").header("keep-alive", "timeout=5").send().await;
    let names: Vec<_> = backend.last().headers.keys().map(ToString::to_string).collect();
    assert!(
        !names.iter().any(|name| ["x-hop", "keep-alive", "connection"].contains(&name.as_str())),
        "{names:?}"
    );
}
