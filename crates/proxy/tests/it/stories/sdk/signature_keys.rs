//! Signature keys: what a backend is told, and that it can verify it as the vendor's samples do (spec:
//! huawei/backend-signature.md).

use paifang_sign::huawei::{self, BodyHash, check_date, parse_authorization};
use paifang_sign::{Parts, SigningKey};
use paifang_testkit::{Backend, Received, TestGateway, api};
use serde_json::{Value, json};

use super::scene;
use crate::stories::decisions;

const KEY: &str = "backend-key";
const SECRET: &str = "not-a-real-secret";

fn hmac() -> Value {
    json!({ "sign_type": "hmac", "sign_key": KEY })
}

/// What the samples check: date in its window and signed, and the signature.
fn verify(received: &Received, body: BodyHash<'_>, secret: &str) -> Result<(), huawei::Mismatch> {
    let headers = received.fields();
    let parts = Parts::new(received.method.as_str(), &received.target, &headers);
    let authorization = received.header("authorization");
    let authorization = parse_authorization(Some(authorization.as_bytes())).unwrap();
    assert_eq!(authorization.access, KEY);
    let now_ms = jiff::Timestamp::now().as_millisecond();
    check_date(&parts, &authorization, now_ms).unwrap();
    huawei::verify(&parts, &authorization, body, &SigningKey::new(secret.as_bytes()))
}

async fn pets(backend: &Backend) -> TestGateway {
    let mut scene = scene();
    let pets = scene.publish(api::any("/pets").to(backend));
    scene.sign(pets, hmac(), SECRET);
    scene.start().await
}

#[tokio::test]
async fn a_backend_verifies_the_call_it_gets() {
    let backend = Backend::echo().await;
    let gateway = pets(&backend).await;
    let call = gateway.get("/pets?b=2&a=1%20x").header("authorization", "Bearer of-the-client");
    assert_eq!(call.header("x-sdk-content-sha256", "of-the-client").send().await.status, 200);
    let received = backend.last();
    verify(&received, BodyHash::Empty, SECRET).unwrap();
    assert!(verify(&received, BodyHash::Empty, "another-real-secret").is_err());
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
    assert!(
        received
            .header("authorization")
            .contains("SignedHeaders=content-type;host;x-sdk-content-sha256;x-sdk-date"),
        "{}",
        received.header("authorization")
    );
    // A body that streams is left out, and the signature says so.
    assert_eq!(received.header("x-sdk-content-sha256"), "UNSIGNED-PAYLOAD");
    verify(&received, BodyHash::Unsigned, SECRET).unwrap();
}

#[tokio::test]
async fn a_basic_key_is_user_and_password() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").to(&backend));
    scene.sign(pets, json!({ "sign_type": "basic", "sign_key": "user" }), "password");
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(backend.last().header("authorization"), "Basic dXNlcjpwYXNzd29yZA==");
}

/// A body that the gateway has as a whole is covered.
#[tokio::test]
async fn a_body_that_was_read_is_signed() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let pets = scene.publish(api::post("/pets").for_apps().to(&backend));
    let shop = scene.app("shop");
    scene.grant(&shop, pets);
    scene.sign(pets, hmac(), SECRET);
    let gateway = scene.start().await;
    assert_eq!(shop.sign_sdk(gateway.post("/pets", r#"{"name":"Tom"}"#)).send().await.status, 200);
    let received = backend.last();
    assert_eq!(received.header("x-sdk-content-sha256"), "");
    verify(&received, BodyHash::Computed(paifang_sign::sha256(br#"{"name":"Tom"}"#)), SECRET).unwrap();
    assert!(verify(&received, BodyHash::Computed(paifang_sign::sha256(b"{}")), SECRET).is_err());
}

#[tokio::test]
async fn an_explanation_says_who_signed() {
    let backend = Backend::echo().await;
    let gateway = pets(&backend).await;
    let decisions = decisions(&gateway, &gateway.get("/pets")).await;
    assert!(
        decisions.contains(&"signature: signed by the policy `signature_key`".to_owned()),
        "{decisions:?}"
    );
}
