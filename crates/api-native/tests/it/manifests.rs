//! Manifests: a request that names one has what it makes remembered there.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn what_a_request_makes_for_a_manifest_is_remembered() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.put("/manifests/shop", json!({})).await;
    assert_snapshot!(made.shown(), @r#"200 {"id":"…","name":"shop","revision":2,"created_at":1767225600000,"updated_at":1767225600000}"#);
    let group = json!({ "dialect": "alibaba", "name": "shop" });
    let group = owner.clone().with("x-manifest", "shop").post("/groups", group).await;
    owner.post("/groups", json!({ "dialect": "alibaba", "name": "other" })).await;
    let entries = owner.get("/manifests/shop/entries").await;
    assert_eq!(entries.items("kind"), ["group"]);
    assert_eq!(entries.items("object"), [group.id()]);
    assert_eq!(owner.get("/manifests").await.items("name"), ["shop"]);
    assert_eq!(owner.delete("/manifests/shop").await.status, 204);
    assert_snapshot!(owner.get("/manifests/shop/entries").await.problem(), @"404 not-found: there is no manifest `shop`");
}
