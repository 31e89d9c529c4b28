//! Stages: those from the start stay as they are.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn a_stage_is_made_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    world.clock.advance(1);
    let made = owner.post("/stages", json!({ "dialect": "huawei", "name": "staging" })).await;
    assert_snapshot!(made.shown(), @r#"201 {"id":"…","dialect":"huawei","name":"staging","description":"","revision":2,"created_at":1767225600001,"updated_at":1767225600001}"#);
    let path = format!("/stages/{}", made.id());
    assert_eq!(owner.patch(&path, json!({ "name": "beta" })).await.text("/name"), "beta");
    assert_eq!(owner.get("/stages?dialect=huawei").await.items("name"), ["RELEASE", "beta"]);
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(owner.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_stage_from_the_start_stays() {
    let world = World::new().await;
    let path = format!("/stages/{}", world.stage("alibaba", "RELEASE").await);
    assert_snapshot!(world.owner().delete(&path).await.problem(), @"409 refused: a stage that exists from the start can be neither changed nor deleted");
    assert_snapshot!(world.owner().patch(&path, json!({ "name": "LIVE" })).await.problem(), @"409 refused: a stage that exists from the start can be neither changed nor deleted");
}
