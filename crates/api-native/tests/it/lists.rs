//! Lists: pages, searches, and objects that cannot be read.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{NOW, World};

async fn three_groups(world: &World) {
    for name in ["ant_farm", "bee_hive", "cat_cafe"] {
        world.owner().post("/groups", json!({ "dialect": "alibaba", "name": name })).await;
        world.clock.advance(1);
    }
}

#[tokio::test]
async fn pages_follow_each_other() {
    let world = World::new().await;
    three_groups(&world).await;
    let owner = world.owner();
    let first = owner.get("/groups?limit=2&count=true").await;
    assert_eq!(
        (first.items("name"), &first.body["total"]),
        (vec!["ant_farm".into(), "bee_hive".into()], &json!(3))
    );
    let next = owner.get(&format!("/groups?limit=2&cursor={}", first.text("/next"))).await;
    assert_eq!((next.items("name"), &next.body["next"]), (vec!["cat_cafe".to_owned()], &json!(null)));
    assert_eq!(next.body.get("total"), None);
    assert_eq!(owner.get("/groups?offset=1&limit=1").await.items("name"), ["bee_hive"]);
    assert_eq!(owner.get("/groups?sort=-created&limit=1").await.items("name"), ["cat_cafe"]);
    assert_eq!(owner.get("/groups?search=CA").await.items("name"), ["cat_cafe"]);
    assert_eq!(owner.get("/groups?name=bee_hive").await.items("name"), ["bee_hive"]);
    assert_eq!(owner.get("/groups?dialect=huawei").await.body["items"], json!([]));
}

#[tokio::test]
async fn a_query_is_judged_as_a_whole() {
    let world = World::new().await;
    let query = "limit=501&cursor=x&offset=-1&offset=2&sort=size&count=maybe&dialect=azure&colour=red";
    assert_snapshot!(world.owner().get(&format!("/groups?{query}")).await.problem(), @r"
    400 query: there are 7 complaints
    ?dialect (unknown): unknown variant `azure`, expected `alibaba` or `huawei`
    ?limit (range): 1 to 500 are allowed
    ?offset (duplicate): it is there twice
    ?offset (format): `-1`: invalid digit found in string
    ?sort (unknown): unknown variant `size`, expected one of `created`, `-created`, `name`, `-name`
    ?count (format): `maybe`: provided string was not `true` or `false`
    ?colour (unknown): there is no such parameter here
    ");
    assert_snapshot!(world.owner().get("/groups?cursor=abcd&offset=1").await.problem(), @r"
    400 query: ?offset: a page starts after a cursor or after so many rows, not both
    ?offset (conflict): a page starts after a cursor or after so many rows, not both
    ");
    assert_snapshot!(world.owner().get("/groups?cursor=abcd").await.problem(), @"400 query: the cursor does not belong to this list");
    assert_snapshot!(world.owner().get("/grants?app=pets").await.problem(), @r"
    400 query: ?app: `pets`: an id is 32 hexadecimal digits
    ?app (format): `pets`: an id is 32 hexadecimal digits
    ");
}

#[tokio::test]
async fn an_object_that_cannot_be_read_hides_nobody() {
    let world = World::new().await;
    world.group("alibaba").await;
    world.clock.advance(1);
    let damaged = world.store.put_newer_group(NOW + 1).await;
    world.clock.advance(1);
    world.group("huawei").await;
    let list = world.owner().get("/groups").await;
    assert_eq!(list.items("name"), ["alibaba_group", "?", "huawei_group"]);
    assert_eq!(list.body["items"][1]["unreadable"], format!("group/{damaged}"));
    assert_snapshot!(list.text("/items/1/reason"), @"it has schema 99, and this binary knows up to 1");
    assert_snapshot!(world.owner().get(&format!("/groups/{damaged}")).await.problem(), @"500 unreadable: document group/… cannot be read: it has schema 99, and this binary knows up to 1");
}
