//! `Content-MD5` (spec: aliyun/calling.md §4.1).

use paifang_sign::alibaba::content_md5;
use paifang_testkit::{Backend, Call, api};

use super::{pets, pets_of};

const BODY: &str = r#"{"name":"Tom"}"#;

fn with_md5(call: Call, of: &str) -> Call {
    call.header("content-type", "application/json").header("content-md5", &content_md5(of.as_bytes()))
}

#[tokio::test]
async fn the_bodys_digest_passes() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(with_md5(gateway.post("/pets", BODY), BODY));
    assert_eq!(signed.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn a_body_that_was_changed_is_refused_before_the_backend_sees_it() {
    let backend = Backend::echo().await;
    let (gateway, app) = pets_of(api::post("/pets").for_apps().to(&backend)).await;
    let signed = app.sign_ca(with_md5(gateway.post("/pets", "{}"), BODY));
    insta::assert_snapshot!(
        signed.send().await.verdict(),
        @"400 I400I5 Invalid Content-MD5 the body has mZFLkyvTelC5g8XnyQrpOw=="
    );
    assert!(backend.received().is_empty());
}

#[tokio::test]
async fn a_digest_without_a_body_is_refused() {
    let (gateway, app) = pets().await;
    for call in [gateway.get("/pets"), gateway.post("/pets", "")] {
        let verdict = app.sign_ca(with_md5(call, "")).send().await.verdict();
        assert_eq!(verdict, "400 I400I5 Invalid Content-MD5 the body is empty");
    }
}

#[tokio::test]
async fn a_digest_in_another_encoding_is_refused() {
    let (gateway, app) = pets().await;
    let hex = gateway.post("/pets", "{}").header("content-md5", "99914b932bd37a50b983c5e7c90ae93b");
    assert_eq!(app.sign_ca(hex).send().await.header("x-ca-error-code"), "I400I5");
}

#[tokio::test]
async fn a_form_may_have_one_too() {
    let (gateway, app) = pets().await;
    let form =
        |of: &str| gateway.post("/pets", "").form("a=1").header("content-md5", &content_md5(of.as_bytes()));
    assert_eq!(app.sign_ca(form("a=1")).send().await.verdict(), "200 mock");
    assert_eq!(app.sign_ca(form("a=2")).send().await.header("x-ca-error-code"), "I400I5");
}

#[tokio::test]
async fn with_a_code_nobody_looks_at_it() {
    let (gateway, app) = pets().await;
    let call = with_md5(gateway.post("/pets", "{}"), BODY);
    let call = call.header("authorization", &format!("APPCODE {}", app.code));
    assert_eq!(call.send().await.verdict(), "200 mock");
}
