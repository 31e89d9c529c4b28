//! Signed requests: what is covered, and what a caller is told who gets it wrong.

use axum::http::Method;
use insta::assert_snapshot;
use serde_json::json;

use crate::support::{KEY, SECRET, World};

#[tokio::test]
async fn a_signed_request_needs_no_session_and_no_token() {
    let world = World::new().await;
    assert_snapshot!(world.owner().get("/session").await.shown(), @r#"200 {"user":"…","name":"admin","role":"owner","account":"…"}"#);
}

#[tokio::test]
async fn wrong_signatures_are_told_why() {
    let world = World::new().await;
    let wrong_secret = world.nobody().signing(KEY, "another secret, also long");
    assert_snapshot!(wrong_secret.get("/groups").await.problem(), @"401 unauthenticated: the signature does not match the request");
    let unknown = world.nobody().signing("PFNOBODY", SECRET);
    assert_snapshot!(unknown.get("/groups").await.problem(), @"401 unauthenticated: the access key `PFNOBODY` is not known, or it or its user is disabled");
    let bearer = world.nobody().with("authorization", "Bearer abc");
    let refused = bearer.get("/groups").await;
    assert_snapshot!(refused.problem(), @"401 unauthenticated: the Authorization header does not begin with `SDK-HMAC-SHA256`");
    assert_eq!(refused.header("www-authenticate"), "SDK-HMAC-SHA256");
    assert_snapshot!(world.nobody().get("/groups").await.problem(), @"401 unauthenticated: sign in for a session, or sign the request with an access key");
}

#[tokio::test]
async fn a_signature_lasts_a_quarter_of_an_hour() {
    let world = World::new().await;
    let signed = world.owner().signed(&Method::GET, "/api/v1/groups", b"");
    let replay = || world.nobody().with_all(&signed);
    world.clock.advance(15 * 60 * 1000);
    assert_eq!(replay().get("/groups").await.status, 200);
    world.clock.advance(1);
    assert_snapshot!(replay().get("/groups").await.problem(), @"401 unauthenticated: signature expired, signature time:20260101T000000Z,server time:20260101T001500Z");
}

#[tokio::test]
async fn path_query_and_body_are_covered() {
    let world = World::new().await;
    let body = serde_json::to_vec(&json!({ "dialect": "alibaba", "name": "pet_shop" })).unwrap();
    let signed = world.owner().signed(&Method::POST, "/api/v1/groups", &body);
    let replay = world.nobody().with_all(&signed).with("content-type", "application/json");
    assert_eq!(replay.get("/groups").await.status, 401, "the method");
    assert_eq!(replay.send_bytes(Method::POST, "/apps", body.clone()).await.status, 401, "the path");
    assert_eq!(replay.send_bytes(Method::POST, "/groups?a=b", body.clone()).await.status, 401, "the query");
    assert_eq!(replay.send_bytes(Method::POST, "/groups", b"{}".to_vec()).await.status, 401, "the body");
    assert_eq!(replay.send_bytes(Method::POST, "/groups", body).await.status, 201);
}

#[tokio::test]
async fn a_body_is_always_covered() {
    let world = World::new().await;
    let unsigned = world.owner().with("x-sdk-content-sha256", "UNSIGNED-PAYLOAD");
    assert_snapshot!(unsigned.get("/groups").await.problem(), @"401 unauthenticated: UNSIGNED-PAYLOAD is not accepted: the signature must cover the body");
}
