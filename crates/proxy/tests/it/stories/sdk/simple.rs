//! Codes instead of signatures, and no authentication at all (spec: huawei/calling.md §3.2, §3.6).

use paifang_model::definition::{AppCodeMode, Authentication};
use paifang_testkit::{Backend, Caller, TestGateway, api};

use super::scene;

/// A gateway with an API that takes codes in a header and one that takes none.
async fn with_codes() -> (TestGateway, Caller) {
    let mut scene = scene();
    let caller = scene.app("caller");
    for (path, mode) in [("/code", AppCodeMode::Header), ("/none", AppCodeMode::Disabled)] {
        let auth = Authentication::App {
            app_code: mode,
            signature_methods: vec![paifang_model::definition::SignatureMethod::HmacSha256],
            nonce_required: false,
        };
        let id = scene.publish(api::get(path).with(|api| api.auth = auth));
        scene.grant(&caller, id);
    }
    (scene.start().await, caller)
}

const REFUSED: &str = "401 APIG.0303 Incorrect app authentication information.";

#[tokio::test]
async fn a_code_over_plain_http_is_refused() {
    let (gateway, caller) = with_codes().await;
    for path in ["/code", "/none"] {
        let call = gateway.get(path).header("x-apig-appcode", &caller.code);
        assert_eq!(call.send().await.verdict(), REFUSED, "{path}");
    }
}

#[tokio::test]
async fn an_api_that_takes_codes_takes_signatures_too() {
    let (gateway, caller) = with_codes().await;
    assert_eq!(caller.sign_sdk(gateway.get("/code")).send().await.status, 200);
    assert_eq!(caller.sign_sdk(gateway.get("/none")).send().await.status, 200);
}

#[tokio::test]
async fn without_authentication_the_call_passes_unchanged() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    scene.publish(api::post("/pets").to(&backend).at("/pets"));
    let gateway = scene.start().await;
    let call = gateway.post("/pets?b=2&a=1&flag", "{}").header("authorization", "Bearer of news");
    let call = call.header("x-own", "1").header("content-type", "application/json");
    assert_eq!(call.send().await.status, 200);
    insta::assert_snapshot!(backend.last().lines(), @r"
    POST /pets?b=2&a=1&flag
    authorization: Bearer of news
    content-type: application/json
    x-forwarded-for: 127.0.0.1
    x-forwarded-proto: http
    x-own: 1
    x-real-ip: 127.0.0.1

    {}
    ");
}
