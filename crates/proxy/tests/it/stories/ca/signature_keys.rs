//! The plug-in `backendSignature`: what a backend is told, and that it can verify it (spec: aliyun/backend-signature.md).

use paifang_model::definition::{Location, RequestMode};
use paifang_sign::alibaba::backend::{self, Call};
use paifang_sign::{Parts, SigningKey};
use paifang_testkit::{Backend, Received, TestGateway, api};
use serde_json::json;

use super::scene;

const SECRET: &str = "SampleSecret";

async fn pets(backend: &Backend) -> TestGateway {
    let mut scene = scene();
    let pets = scene.publish(api::any("/pets").mode(RequestMode::Passthrough).to(backend).at("/pets"));
    scene.sign(pets, json!({ "type": "APIGW_BACKEND", "key": "SampleKey" }), SECRET);
    scene.start().await
}

/// What the vendor's sample does: the text from what arrived, and its signature.
fn verify(received: &Received, form: &[u8], secret: &str) -> Result<(), backend::Mismatch> {
    let headers = received.fields();
    let parts = Parts::new(received.method.as_str(), &received.target, &headers).with_form(form);
    let content_type = received.header("content-type");
    let md5 = backend::body_md5(received.method.as_str(), content_type.as_bytes(), &received.body);
    let listed = received.header("x-ca-proxy-signature-headers");
    let call = Call { parts, body_md5: md5.as_deref(), signed_headers: &listed };
    let signature = received.header("x-ca-proxy-signature");
    call.verify(&signature, &SigningKey::new(secret.as_bytes()))
}

#[tokio::test]
async fn a_backend_verifies_the_call_it_gets() {
    let backend = Backend::echo().await;
    let gateway = pets(&backend).await;
    let forged = gateway.get("/pets?b=2&a=1%20x").header("x-ca-proxy-signature", "forged");
    assert_eq!(forged.header("x-ca-proxy-signature-string-to-sign", "forged").send().await.status, 200);
    let received = backend.last();
    assert_eq!(received.header("x-ca-proxy-signature-secret-key"), "SampleKey");
    assert_eq!(received.header("x-ca-proxy-signature-string-to-sign"), "");
    verify(&received, b"", SECRET).unwrap();
    assert!(verify(&received, b"", "AnotherSecret").is_err());
    // A body counts, and so do the fields of a form.
    assert_eq!(
        gateway
            .post("/pets", r#"{"name":"Tom"}"#)
            .header("content-type", "application/json")
            .send()
            .await
            .status,
        200
    );
    let received = backend.last();
    assert_eq!(&received.body[..], br#"{"name":"Tom"}"#);
    verify(&received, b"", SECRET).unwrap();
    let call = gateway.post("/pets", "name=Tom&age=3");
    assert_eq!(call.header("content-type", "application/x-www-form-urlencoded").send().await.status, 200);
    let received = backend.last();
    verify(&received, b"name=Tom&age=3", SECRET).unwrap();
    assert!(verify(&received, b"name=Tim&age=3", SECRET).is_err());
}

#[tokio::test]
async fn the_text_is_told_to_who_debugs() {
    let backend = Backend::echo().await;
    let gateway = pets(&backend).await;
    let call = gateway.get("/pets?b=2&a=").header("x-ca-request-mode", "debug");
    assert_eq!(call.send().await.status, 200);
    assert_eq!(backend.last().header("x-ca-proxy-signature-string-to-sign"), "GET||/pets?a=&b=2");
}

#[tokio::test]
async fn headers_that_the_api_sets_are_signed() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let pets =
        scene.publish(api::get("/pets").to(&backend).constant(Location::Header, "X-Source", "gateway"));
    scene.sign(pets, json!({ "type": "APIGW_BACKEND", "key": "SampleKey" }), SECRET);
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    let received = backend.last();
    assert_eq!(received.header("x-ca-proxy-signature-headers"), "x-source");
    verify(&received, b"", SECRET).unwrap();
}
