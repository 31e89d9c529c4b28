//! What a role does not cover, and routes that are not there.

use axum::http::Method;
use insta::assert_snapshot;
use serde_json::json;

use crate::support::{World, pets};

#[tokio::test]
async fn who_may_only_look_sees_no_secret_and_changes_nothing() {
    let world = World::new().await;
    let (owner, reader) = (world.owner(), world.reader().await);
    let group = world.group("alibaba").await;
    let api = world.api(&group, pets()).await;
    let app = owner.post("/apps", json!({ "name": "cat_lovers" })).await;
    let key = format!("/apps/{}/keys/{}", app.id(), app.text("/key/id"));

    for path in
        ["/groups", "/apis", "/apps", "/stages", "/grants", "/channels", "/users", "/audit", "/status"]
    {
        assert_eq!(reader.get(path).await.status, 200, "{path}");
    }
    assert_snapshot!(reader.post(&format!("{key}/reveal"), json!({})).await.problem(), @"403 denied: `reader` may not do app_key:reveal to app/…/app_key/…");
    let refused = [
        reader.post("/groups", json!({ "dialect": "alibaba", "name": "mine" })).await,
        reader.patch(&format!("/groups/{group}"), json!({})).await,
        reader.delete(&format!("/groups/{group}")).await,
        reader.put(&format!("/apis/{api}"), pets()).await,
        reader.put(&format!("/apis/{api}/deployments/RELEASE"), json!({})).await,
        reader.post(&format!("/apis/{api}/debug"), json!({})).await,
        reader.post("/apps", json!({ "name": "my_own" })).await,
        reader.post(&format!("{key}/reset"), json!({})).await,
        reader.post("/users", json!({ "name": "me", "role": "owner" })).await,
    ];
    for refused in refused {
        assert_eq!(refused.status, 403, "{}", refused.shown());
        assert_eq!(refused.text("/type"), "urn:paifang:problem:denied");
    }
    let denied = owner.get("/audit?actor=reader&action=app_key:reveal").await;
    assert_eq!(denied.items("outcome"), ["denied"], "and the attempt is remembered");
}

#[tokio::test]
async fn unknown_routes_and_wrong_methods_are_problems_too() {
    let world = World::new().await;
    let owner = world.owner();
    assert_snapshot!(owner.get("/gruops").await.problem(), @"404 no-such-route: nothing is served at this path");
    let wrong = owner.send(Method::PUT, "/groups", None).await;
    assert_snapshot!(wrong.problem(), @"405 method-not-allowed: PUT is not served here; Allow says what is");
    assert_eq!(wrong.header("allow"), "GET,HEAD,POST");
    assert_snapshot!(owner.get("/groups/pets").await.problem(), @"404 not-found: the path names nothing that could be there: an id is 32 hexadecimal digits");
    assert_eq!(world.nobody().get("//nowhere").await.status, 404);
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_its_own() {
    let world = World::new().await;
    let (first, second) = (world.nobody().get("//healthz").await, world.owner().get("/groups").await);
    assert_eq!(first.header("x-request-id").len(), 32);
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
}

#[tokio::test]
async fn a_store_that_is_away_is_told_without_its_words() {
    let world = World::new().await;
    let browser = world.browser().await;
    world.store.go_away();
    let away = browser.get("/groups").await;
    assert_snapshot!(away.problem(), @"503 unavailable: the store is not available");
    assert_eq!(away.header("retry-after"), "1");
}

#[tokio::test]
async fn a_change_in_doubt_is_not_to_be_tried_again_blindly() {
    let world = World::new().await;
    let browser = world.browser().await;
    world.store.leave_in_doubt();
    let doubt = browser.post("/groups", json!({ "dialect": "alibaba", "name": "pets" })).await;
    assert_snapshot!(doubt.problem(), @"503 unavailable: the store went away while the change was made; whether it was made is not known: look before trying again");
    assert_eq!(doubt.header("retry-after"), "");
}
