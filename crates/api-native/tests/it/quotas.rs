//! Quotas and limits: what each is, and changing it.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn a_quota_is_read_changed_met_and_given_back() {
    let world = World::new().await;
    let owner = world.owner();
    let path = "/quotas/huawei.groups";
    world.group("huawei").await;
    let before = owner.get(path).await;
    assert_snapshot!(before.shown(), @r#"200 {"name":"huawei.groups","what":"API groups","unit":"objects","value":null,"use":1,"source":{"kind":"profile","profile":"own"},"least":0,"most":1000000,"may_be_off":true,"defaults":{"own":null,"cloud":50}}"#);
    assert_eq!(before.header("etag"), "");
    let set = owner.put(path, json!({ "value": 1 })).await;
    assert_eq!((&set.body["value"], set.text("/source/by")), (&json!(1), "admin"));
    assert_eq!(set.header("etag"), format!("\"r{}\"", set.body["source"]["revision"]));
    let one_more = json!({ "dialect": "huawei", "name": "one_more" });
    let refused = owner.post("/groups", one_more.clone()).await;
    assert_snapshot!(refused.problem(), @"409 quota-exceeded: there may be 1 of kind group at most");
    assert_eq!(refused.body["limit"], 1);
    let stale = owner.clone().with("if-match", "\"r1\"").put(path, json!({ "value": 2 })).await;
    assert_eq!(stale.status, 412);
    assert_eq!(owner.delete(path).await.body, before.body);
    assert_eq!(owner.post("/groups", one_more).await.status, 201);
}

#[tokio::test]
async fn all_are_listed_and_those_of_a_group_with_their_use() {
    let world = World::new().await;
    let group = world.group("huawei").await;
    let reader = world.reader().await;
    let all = reader.get("/quotas").await.items("name");
    assert!(all.contains(&"alibaba.request_body".to_owned()) && all.contains(&"all.apps".to_owned()));
    let of_group = reader.get(&format!("/quotas?group={group}")).await;
    assert!(of_group.items("name").iter().all(|name| !name.starts_with("alibaba.")));
    let apis = of_group.items("name").iter().position(|name| name == "huawei.apis_per_group").unwrap();
    assert_eq!(of_group.body["items"][apis]["use"], 0);
    assert_eq!(reader.get(&format!("/quotas?app={group}")).await.status, 404);
    assert_eq!(reader.put("/quotas/all.apps", json!({ "value": 1 })).await.status, 403);
}

#[tokio::test]
async fn what_cannot_be_is_said() {
    let owner = World::new().await.owner();
    let body = "/quotas/huawei.request_body";
    assert_snapshot!(owner.put(body, json!({ "value": null })).await.problem(), @r"
    422 invalid: /value: `huawei.request_body` cannot be off
    /value (range): `huawei.request_body` cannot be off
    ");
    // Saying nothing is not saying "off".
    assert_snapshot!(owner.put("/quotas/all.apps", json!({})).await.problem(), @r"
    422 invalid: /value: missing field `value`
    /value (required): missing field `value`
    ");
    assert_eq!(owner.put(body, json!({ "value": -1 })).await.status, 422);
    assert_snapshot!(owner.get("/quotas/all.pets").await.problem(), @"404 not-found: there is no quota `all.pets`");
}
