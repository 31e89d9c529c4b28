//! Groups: made, found, changed, deleted.

use insta::assert_snapshot;
use paifang_control::GroupDraft;
use paifang_model::Dialect;
use serde_json::json;

use crate::support::{NOTHING, World, pets};

#[tokio::test]
async fn a_group_lives() {
    let world = World::new().await;
    let owner = world.owner();
    let body = json!({ "name": "grp_1", "remark": "\u{4e2d}", "version": "V1" });
    let made = owner.post("api-groups", body).await;
    let id = made.id();
    assert_eq!(made.text("/sl_domain"), format!("{id}.apis.localhost"));
    assert_eq!(made.body["remark"], "\u{4e2d}");
    assert_eq!(made.body["version"], "V1");
    let shown = owner.get(&format!("api-groups/{id}")).await;
    assert_eq!(shown.body, made.body);
    let changed = owner.put(&format!("api-groups/{id}"), json!({ "name": "grp_2" })).await;
    assert_eq!((changed.text("/name"), changed.text("/remark")), ("grp_2", "\u{4e2d}"));
    assert_eq!(owner.delete(&format!("api-groups/{id}")).await.status, 204);
    assert_eq!(owner.get(&format!("api-groups/{id}")).await.code(), "404 APIG.3001");
}

#[tokio::test]
async fn groups_are_found() {
    let world = World::new().await;
    let owner = world.owner();
    for name in ["pets", "pets_old", "weather"] {
        world.group(name).await;
        world.clock.advance(1);
    }
    let found = owner.get("api-groups?name=PETS&limit=1").await;
    assert_eq!((&found.body["total"], &found.body["size"]), (&json!(2), &json!(1)));
    assert_eq!(owner.get("api-groups?name=pets&precise_search=name").await.body["total"], 1);
    assert_eq!(owner.get("api-groups?offset=2").await.column("groups", "name"), ["weather"]);
    let id = found.body["groups"][0]["id"].as_str().unwrap();
    assert_eq!(owner.get(&format!("api-groups?id={id}")).await.column("groups", "name"), ["pets"]);
    assert_eq!(owner.get("api-groups?id=pets").await.body["total"], 0);
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    world.api(&group, pets()).await;
    let taken = owner.post("api-groups", json!({ "name": "grp_1" })).await;
    assert!(taken.error().starts_with("400 APIG.3201 The API group name already exists (name: `grp_1`"));
    assert_snapshot!(owner.post("api-groups", json!({ "remark": 7 })).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:remark. Please refer to the support documentation (remark: it is not a string; name: it is missing)");
    assert_snapshot!(owner.post("api-groups", json!({ "name": "g" })).await.error(), @"400 APIG.2012 Invalid parameter value,parameterName:name. Please refer to the support documentation (name: `g` has 1 characters, but 3 to 255 are allowed)");
    assert_snapshot!(owner.delete(&format!("api-groups/{group}")).await.code(), @"403 APIG.3415");
    assert_snapshot!(owner.get("api-groups/pets").await.error(), @"400 APIG.2012 Invalid parameter value,parameterName:group_id. Please refer to the support documentation (group_id: `pets` is not an id)");
    assert_snapshot!(owner.get(&format!("api-groups/{NOTHING}")).await.error(), @"404 APIG.3001 The API group does not exist,id:00000000000000000000000000000001");
    assert_snapshot!(owner.post("api-groups/check", json!({ "group_name": "grp_1" })).await.error(), @"400 APIG.3201 The API group name already exists");
    assert_eq!(owner.post("api-groups/check", json!({ "group_name": "grp_2" })).await.status, 201);
}

#[tokio::test]
async fn groups_of_the_other_dialect_do_not_exist() {
    let world = World::new().await;
    let owner = world.owner();
    let behind = world.behind().await;
    let other = behind.create_group(GroupDraft::new(Dialect::Alibaba, "others")).await.unwrap().value.id;
    assert_eq!(owner.get("api-groups").await.body["total"], 0);
    assert_eq!(owner.get(&format!("api-groups?id={other}")).await.body["total"], 0);
    assert_eq!(owner.get(&format!("api-groups/{other}")).await.code(), "404 APIG.3001");
    let put = owner.put(&format!("api-groups/{other}"), json!({ "name": "mine" })).await;
    assert_eq!(put.code(), "404 APIG.3001");
    assert_eq!(owner.delete(&format!("api-groups/{other}")).await.code(), "404 APIG.3001");
    assert_eq!(owner.get("resources/outline/groups").await.body["offsell_nums"], 0);
}
