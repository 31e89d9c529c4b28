//! Who asks: requests as the vendor's SDK signed them, and requests that are refused.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request};
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Client, NOW, PROJECT, Reply, World, exchange};

/// 2026-01-02T03:04:05Z, when the SDK's requests were signed, in milliseconds since 1970.
const SIGNED: i64 = 1_767_323_045_000;

fn vectors() -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../management-requests.json")).unwrap();
    all["vectors"].as_array().unwrap().clone()
}

fn request(vector: &Value) -> Request<Body> {
    let text = |name: &str| vector[name].as_str().unwrap().to_owned();
    let mut headers = HeaderMap::new();
    for pair in vector["headers"].as_array().unwrap() {
        let name = HeaderName::try_from(pair[0].as_str().unwrap()).unwrap();
        headers.append(name, HeaderValue::try_from(pair[1].as_str().unwrap()).unwrap());
    }
    let builder = Request::builder().method(text("method").as_str()).uri(text("request_target"));
    let mut request = builder.body(Body::from(text("body"))).unwrap();
    *request.headers_mut() = headers;
    request
}

#[tokio::test]
async fn requests_of_the_sdk_are_known() {
    let world = World::new().await;
    world.clock.advance(SIGNED - NOW);
    for vector in vectors() {
        let reply = exchange(&world.router, request(&vector)).await;
        assert_ne!(reply.status, 401, "{}: {reply:?}", vector["name"]);
    }
}

#[tokio::test]
async fn what_was_changed_on_the_way_is_not() {
    let world = World::new().await;
    world.clock.advance(SIGNED - NOW);
    for vector in vectors() {
        let mut changed = request(&vector);
        changed.headers_mut().insert("user-agent", HeaderValue::from_static("other"));
        assert_eq!(exchange(&world.router, changed).await.code(), "401 APIGW.0301", "{}", vector["name"]);
        // Multipart bodies are not signed.
        if !vector["body"].as_str().unwrap().starts_with("--") {
            let (parts, _) = request(&vector).into_parts();
            let changed = Request::from_parts(parts, Body::from("{\"name\": \"x\"}"));
            assert_eq!(exchange(&world.router, changed).await.code(), "401 APIGW.0301", "{}", vector["name"]);
        }
    }
}

async fn refused(world: &World, change: impl FnOnce(&mut HeaderMap)) -> String {
    let mut changed = request(&vectors()[0]);
    change(changed.headers_mut());
    let reply: Reply = exchange(&world.router, changed).await;
    reply.error()
}

#[tokio::test]
async fn refusals_say_why() {
    let world = World::new().await;
    world.clock.advance(SIGNED - NOW);
    let nobody = refused(&world, |headers| {
        headers.remove("authorization");
    });
    assert_snapshot!(nobody.await, @"401 APIG.1000 Token missing,sign the request with an access key (SDK-HMAC-SHA256)");
    let token = refused(&world, |headers| {
        headers.remove("authorization");
        headers.insert("x-auth-token", HeaderValue::from_static("token"));
    });
    assert_snapshot!(token.await, @"401 APIG.1002 Incorrect token or token resolution failed,tokens are not offered yet; sign with an access key");
    let other_scheme = refused(&world, |headers| {
        headers.insert("authorization", HeaderValue::from_static("Basic YTpi"));
    });
    assert_snapshot!(other_scheme.await, @"401 APIGW.0301 Incorrect IAM authentication information: the Authorization header does not begin with `SDK-HMAC-SHA256`");
    let unsigned = refused(&world, |headers| {
        headers.insert("x-sdk-content-sha256", HeaderValue::from_static("UNSIGNED-PAYLOAD"));
    });
    assert_snapshot!(unsigned.await, @"401 APIGW.0301 Incorrect IAM authentication information: UNSIGNED-PAYLOAD is for multipart bodies; sign the body");
    world.clock.advance(16 * 60 * 1000);
    assert_snapshot!(refused(&world, |_| {}).await, @"401 APIGW.0301 Incorrect IAM authentication information: signature expired, signature time:20260102T030405Z,server time:20260102T032005Z");
}

#[tokio::test]
async fn unknown_keys_projects_and_operations() {
    let world = World::new().await;
    let stranger = Client::signing(world.router.clone(), world.clock.clone(), "AKSTRANGER", "secret");
    assert_snapshot!(stranger.get("api-groups").await.error(), @"401 APIGW.0301 Incorrect IAM authentication information: the access key `AKSTRANGER` does not exist, or it or its user is disabled");
    assert_snapshot!(world.owner().get("no-such-thing").await.error(), @"404 APIGW.0101 The API does not exist or has not been published in the environment,GET /instances/e6a5871bfb5b47d19c5874790f639ef8/no-such-thing");
    let other = request(&vectors()[0]);
    world.clock.advance(SIGNED - NOW);
    let (mut parts, body) = other.into_parts();
    parts.uri = parts.uri.to_string().replace(PROJECT, "other").parse().unwrap();
    // The signature is looked at first.
    let reply = exchange(&world.router, Request::from_parts(parts, body)).await;
    assert_eq!(reply.code(), "401 APIGW.0301");
    assert_snapshot!(world.owner().in_project("other").get("api-groups").await.error(), @"401 APIG.1005 No permissions to request this method,the project is `0123456789abcdef0123456789abcdef` here, not `other`");
}
