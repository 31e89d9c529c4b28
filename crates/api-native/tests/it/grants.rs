//! Grants: many at once, all of them or none.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{NOW, World, pets_for_apps};

#[tokio::test]
async fn grants_are_made_extended_and_revoked() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let (api, stage) = (world.api(&group, pets_for_apps()).await, world.stage("alibaba", "RELEASE").await);
    let (cats, dogs) = (world.app("cat_lovers").await, world.app("dog_lovers").await);

    let draft = json!({ "apps": [cats, dogs], "apis": [api], "stage": stage, "until": NOW + 1000 });
    let made = owner.post("/grants", draft).await;
    assert_eq!(made.body["grants"].as_array().unwrap().len(), 2, "{}", made.shown());
    let grant = made.text("/grants/0/id").to_owned();
    for (path, count) in [
        (format!("/apis/{api}/grants"), 2),
        (format!("/apps/{cats}/grants"), 1),
        (format!("/grants?stage={stage}&group={group}"), 2),
    ] {
        assert_eq!(owner.get(&path).await.items("id").len(), count, "{path}");
    }

    let path = format!("/grants/{grant}");
    assert_eq!(owner.patch(&path, json!({ "until": NOW + 2000 })).await.body["until"], NOW + 2000);
    assert_eq!(owner.patch(&path, json!({ "until": null })).await.body.get("until"), None);
    assert_snapshot!(owner.patch(&path, json!({ "until": 5 })).await.problem(), @r"
    422 invalid: /until: 5 is over: it must be later than now, 1767225600000
    /until (range): 5 is over: it must be later than now, 1767225600000
    ");
    assert_snapshot!(owner.patch(&path, json!({})).await.problem(), @r"
    422 invalid: /until: missing field `until`
    /until (required): missing field `until`
    ");
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(owner.delete(&path).await.status, 404);
    let other = made.text("/grants/1/id");
    assert_eq!(owner.post("/grants/revoke", json!([other])).await.status, 204);
    assert_eq!(owner.get("/grants").await.body["items"], json!([]));
}

#[tokio::test]
async fn one_that_cannot_be_granted_stops_all() {
    let world = World::new().await;
    let group = world.group("huawei").await;
    let (api, stage) = (world.api(&group, pets_for_apps()).await, world.stage("alibaba", "RELEASE").await);
    let cats = world.app("cat_lovers").await;
    let nobody = "0".repeat(32);
    let draft = json!({ "apps": [cats, nobody, cats], "apis": [api], "stage": stage });
    assert_snapshot!(world.owner().post("/grants", draft).await.problem(), @r"
    422 invalid: there are 3 complaints
    /apps/1 (unknown): there is no app `…`
    /apps/2 (duplicate): `…` is there twice
    /apis/0 (conflict): it is of huawei, and the stage is for alibaba
    ");
    assert_eq!(world.owner().get("/grants").await.body["items"], json!([]));
}
