//! The audit trail.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{NOW, World};

#[tokio::test]
async fn what_was_done_is_found_again() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    world.clock.advance(5);
    owner.patch(&format!("/groups/{group}"), json!({ "description": "changed" })).await;
    let all = owner.get("/audit").await;
    assert_eq!(all.items("action"), ["group:update", "group:create", "system:first_start"]);
    let newest = &all.body["items"][0];
    assert_eq!(newest["detail"], json!({ "changed": ["/description"] }));
    assert_eq!((&newest["at"], &newest["revision"]), (&json!(NOW + 5), &json!(3)));
    assert_eq!(owner.get(&format!("/audit?since={}", NOW + 1)).await.items("action"), ["group:update"]);
    assert_eq!(owner.get("/audit?actor=admin&action=group:create").await.items("actor"), ["admin"]);
    assert_eq!(
        owner.get(&format!("/audit?resource=group/{group}&limit=1")).await.items("action"),
        ["group:update"]
    );
    let first = owner.get("/audit?limit=2").await;
    let next = owner.get(&format!("/audit?limit=2&cursor={}", first.text("/next"))).await;
    assert_eq!(next.items("action"), ["system:first_start"]);
    assert_snapshot!(owner.get("/audit?limit=0").await.problem(), @r"
    400 query: ?limit: 1 to 500 are allowed
    ?limit (range): 1 to 500 are allowed
    ");
}

#[tokio::test]
async fn secrets_are_not_in_it() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("/apps", json!({ "name": "cat_lovers" })).await;
    let code = owner.post(&format!("/apps/{}/codes", made.id()), json!({})).await;
    let trail = owner.get("/audit").await.body.to_string();
    for secret in [made.text("/key/secret"), code.text("/code")] {
        assert!(!trail.contains(secret));
    }
}
