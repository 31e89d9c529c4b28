//! Bodies that are not what they should be.

use axum::http::Method;
use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Client, Reply, World, pets};

async fn post(client: &Client, path: &str, body: &str) -> Reply {
    let client = client.clone().with("content-type", "application/json");
    client.send_bytes(Method::POST, path, body.as_bytes().to_vec()).await
}

#[tokio::test]
async fn what_is_not_json_is_told_where() {
    let world = World::new().await;
    let owner = world.owner();
    assert_snapshot!(post(&owner, "/groups", "{\"name\": ").await.problem(), @r"
    400 malformed: the body: it is not JSON: EOF while parsing a value at line 1 column 9
     (format): it is not JSON: EOF while parsing a value at line 1 column 9
    ");
    assert_snapshot!(post(&owner, "/groups", "{} {}").await.problem(), @r"
    422 invalid: /dialect: missing field `dialect`
    /dialect (required): missing field `dialect`
    ");
    assert_snapshot!(post(&owner, "/groups", "[]").await.problem(), @r"
    422 invalid: the body: invalid length 0, expected an object
     (format): invalid length 0, expected an object
    ");
    let deep = "[".repeat(10_000);
    assert_snapshot!(post(&owner, "/groups", &deep).await.problem(), @r"
    400 malformed: the body: it is not JSON: expected value at line 1 column 2
     (format): it is not JSON: expected value at line 1 column 2
    ");
}

#[tokio::test]
async fn members_are_missing_unknown_or_of_the_wrong_type() {
    let world = World::new().await;
    let owner = world.owner();
    assert_snapshot!(owner.post("/groups", json!({ "name": "pet_shop" })).await.problem(), @r"
    422 invalid: /dialect: missing field `dialect`
    /dialect (required): missing field `dialect`
    ");
    assert_snapshot!(owner.post("/groups", json!({ "dialect": "azure", "name": "x" })).await.problem(), @r"
    422 invalid: /dialect: unknown variant `azure`, expected `alibaba` or `huawei`
    /dialect (unknown): unknown variant `azure`, expected `alibaba` or `huawei`
    ");
    let unknown = json!({ "dialect": "alibaba", "name": "x", "nmae": "y" });
    assert_snapshot!(owner.post("/groups", unknown).await.problem(), @r"
    422 invalid: /nmae: unknown field `nmae`, expected one of `dialect`, `name`, `description`, `base_path`, `app_code`, `passthrough_headers`, `calls_per_second`, `tls`, `extra`
    /nmae (unknown): unknown field `nmae`, expected one of `dialect`, `name`, `description`, `base_path`, `app_code`, `passthrough_headers`, `calls_per_second`, `tls`, `extra`
    ");
    let wrong = json!({ "dialect": "alibaba", "name": 5 });
    assert_snapshot!(owner.post("/groups", wrong).await.problem(), @r"
    422 invalid: /name: invalid type: integer `5`, expected a string
    /name (format): invalid type: integer `5`, expected a string
    ");
    let group = world.group("alibaba").await;
    let mut definition = pets();
    definition["request"]["path"] = json!("pets");
    assert_snapshot!(owner.post(&format!("/groups/{group}/apis"), definition).await.problem(), @r"
    422 invalid: /request/path: the path `pets` must start with `/`
    /request/path (format): the path `pets` must start with `/`
    ");
    let mut definition = pets();
    definition["parameters"] =
        json!([{ "name": "a", "location": "query" }, { "name": "b", "location": "moon" }]);
    assert_snapshot!(owner.post(&format!("/groups/{group}/apis"), definition).await.problem(), @r"
    422 invalid: /parameters/1/location: unknown variant `moon`, expected one of `path`, `query`, `header`, `body`
    /parameters/1/location (unknown): unknown variant `moon`, expected one of `path`, `query`, `header`, `body`
    ");
    let mut definition = pets();
    definition["backend"] = json!({ "kind": "mock", "status": "ok" });
    assert_snapshot!(owner.post(&format!("/groups/{group}/apis"), definition).await.problem(), @r#"
    422 invalid: /backend: invalid type: string "ok", expected u16
    /backend (format): invalid type: string "ok", expected u16
    "#);
    let twice = r#"{"dialect": "alibaba", "dialect": "huawei"}"#;
    assert_snapshot!(post(&owner, "/groups", twice).await.problem(), @r"
    422 invalid: /dialect: duplicate field `dialect`
    /dialect (duplicate): duplicate field `dialect`
    ");
}

#[tokio::test]
async fn forms_and_large_bodies_are_refused() {
    let world = World::new().await;
    let owner = world.owner();
    let form = owner.clone().with("content-type", "application/x-www-form-urlencoded");
    assert_snapshot!(form.send_bytes(Method::POST, "/groups", b"a=b".to_vec()).await.problem(), @"415 media-type: Content-Type is `application/x-www-form-urlencoded`, and must be `application/json`");
    let large = format!("\"{}\"", "x".repeat(1024 * 1024));
    assert_snapshot!(post(&owner, "/groups", &large).await.problem(), @"413 too-large: a body has at most 1048576 bytes");
    let browser = world.browser().await;
    assert_eq!(post(&browser, "/groups", &large).await.status, 413);
    let declared = browser.with("content-length", "9999999999");
    assert_eq!(post(&declared, "/groups", "{}").await.status, 413, "before it is read");
}
