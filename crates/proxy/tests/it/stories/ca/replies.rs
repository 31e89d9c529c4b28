//! What comes back (spec: aliyun/calling.md §5–6, aliyun/errors.md §1).

use paifang_testkit::{Answer, Backend, api};

use super::pets;

/// Eight, four, four, four and twelve upper-case hex digits.
fn is_request_id(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.bytes().filter(|byte| *byte != b'-');
    lengths == [8, 4, 4, 4, 12] && digits.into_iter().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'))
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_its_own() {
    let backend = Backend::echo().await;
    let mut scene = super::scene();
    scene.publish(api::get("/open").to(&backend));
    scene.publish(api::get("/mock"));
    scene.publish(api::get("/closed").for_apps());
    let gateway = scene.start().await;
    let mut ids = std::collections::HashSet::new();
    for path in ["/open", "/mock", "/closed", "/nothing", "/open"] {
        let id = gateway.get(path).send().await.header("x-ca-request-id");
        assert!(is_request_id(&id), "{path}: {id}");
        assert!(ids.insert(id));
    }
    let nobody = gateway.get("/open").host("nobody.example").send().await;
    assert!(is_request_id(&nobody.header("x-ca-request-id")));
}

#[tokio::test]
async fn the_backend_learns_the_request_id() {
    let backend = Backend::echo().await;
    let mut scene = super::scene();
    scene.publish(api::get("/pets").to(&backend));
    let answer = scene.start().await.get("/pets").header("x-ca-request-id", "mine").send().await;
    assert_eq!(backend.last().header("x-ca-api-gateway"), answer.header("x-ca-request-id"));
}

#[tokio::test]
async fn a_refusal_is_said_in_headers_alone() {
    let (gateway, _) = pets().await;
    let answer = gateway.get("/pets").send().await;
    assert_eq!((answer.status, answer.text().as_str()), (400, ""));
    assert_eq!(answer.header("x-ca-error-code").len(), 6);
    assert_ne!(answer.header("x-ca-error-message"), "");
    assert_eq!(answer.header("content-type"), "", "a JSON type would make clients parse the empty body");
}

#[tokio::test]
async fn what_the_backend_answers_passes_unchanged() {
    let backend = Backend::answering(|_| {
        let answer = http::Response::builder().status(503).header("server", "AliyunOSS").header("x-own", "1");
        answer.header("content-type", "text/plain").body("down".into()).unwrap()
    });
    let mut scene = super::scene();
    scene.publish(api::get("/pets").to(&backend.await));
    let answer = scene.start().await.get("/pets").send().await;
    assert_eq!(answer.verdict(), "503 down");
    assert_eq!(answer.header("x-ca-error-code"), "", "without a code the status is the backend's");
    assert_eq!((answer.header("server").as_str(), answer.header("x-own").as_str()), ("AliyunOSS", "1"));
    assert_eq!(answer.header("content-type"), "text/plain");
    assert!(is_request_id(&answer.header("x-ca-request-id")));
}

#[tokio::test]
async fn what_the_gateway_answers_itself_says_so() {
    let (gateway, _) = pets().await;
    assert_eq!(gateway.get("/pets").send().await.header("server"), "paifang");
}

#[tokio::test]
async fn hop_by_hop_headers_stay_on_their_hop() {
    let backend = Backend::answering(|_| {
        let answer = http::Response::builder().header("connection", "x-hop").header("x-hop", "1");
        answer.header("proxy-authenticate", "Basic").body("ok".into()).unwrap()
    });
    let mut scene = super::scene();
    scene.publish(api::get("/pets").to(&backend.await));
    let answer = scene.start().await.get("/pets").send().await;
    assert_eq!((answer.header("x-hop"), answer.header("proxy-authenticate")), (String::new(), String::new()));
}

#[tokio::test]
async fn debug_mode_adds_latencies() {
    let (gateway, app) = pets().await;
    for value in ["debug", "DEBUG", " Debug "] {
        let answer = app.sign_ca(gateway.get("/pets").header("x-ca-request-mode", value)).send().await;
        let info: serde_json::Value = serde_json::from_str(&answer.header("x-ca-debug-info")).unwrap();
        assert!(info["ServiceLatency"].is_u64() && info["TotalLatency"].is_u64(), "{value}: {info}");
    }
}

#[tokio::test]
async fn a_refusal_in_debug_mode_has_them_too() {
    let (gateway, _) = pets().await;
    let answer = gateway.get("/pets").header("x-ca-request-mode", "debug").send().await;
    assert_eq!(answer.header("x-ca-error-code"), "A400MA");
    assert!(answer.header("x-ca-debug-info").starts_with(r#"{"ServiceLatency":0,"TotalLatency":"#));
}

#[tokio::test]
async fn otherwise_there_is_no_debug_header() {
    let (gateway, app) = pets().await;
    let debug_of = |answer: &Answer| answer.header("x-ca-debug-info");
    assert_eq!(debug_of(&app.sign_ca(gateway.get("/pets")).send().await), "");
    let other = app.sign_ca(gateway.get("/pets").header("x-ca-request-mode", "quiet"));
    assert_eq!(debug_of(&other.send().await), "");
}

#[tokio::test]
async fn failures_of_the_backend_have_codes() {
    let mut scene = super::scene();
    scene.publish(api::get("/absent").to(&Backend::absent().await));
    let silent = Backend::sending(b"", paifang_testkit::Then::Stay).await;
    scene.publish(api::get("/silent").to(&silent).http(|backend| backend.timeout_ms = 50));
    let broken = Backend::sending(b"SSH-2.0-x\r\n", paifang_testkit::Then::Close).await;
    scene.publish(api::post("/broken").to(&broken));
    scene.publish(api::get("/unnamed").to_url("http://nothing.invalid"));
    let gateway = scene.start().await;
    let absent = gateway.get("/absent").send().await.verdict();
    assert!(absent.starts_with("504 D504CO Backend service connect failed `"), "{absent}");
    let silent = gateway.get("/silent").send().await.verdict();
    assert_eq!(silent, "504 D504TO Backend service request timeout");
    let broken = gateway.post("/broken", "").send().await.verdict();
    assert!(broken.starts_with("502 N502RE "), "{broken}");
    let unnamed = gateway.get("/unnamed").send().await.verdict();
    assert_eq!(unnamed, "504 D504RE Backend domain `nothing.invalid` resolve failed");
}
