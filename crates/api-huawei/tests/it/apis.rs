//! APIs: made, found, changed, deleted.

use insta::assert_snapshot;
use paifang_control::GroupDraft;
use paifang_model::{Definition, Dialect};
use serde_json::{Value, json};

use crate::support::{NOTHING, RELEASE, World, pets};

fn over_http() -> Value {
    json!({
        "name": "show_pet",
        "type": 2,
        "req_protocol": "HTTPS",
        "req_method": "GET",
        "req_uri": "/pets/{id}",
        "match_mode": "NORMAL",
        "auth_type": "APP",
        "auth_opt": { "app_code_auth_type": "HEADER" },
        "cors": true,
        "tags": ["pets", "v2"],
        "backend_type": "HTTP",
        "backend_api": {
            "url_domain": "backend.example.com:8080",
            "req_protocol": "HTTP",
            "req_method": "ANY",
            "req_uri": "/v1/pets/{pet}",
            "timeout": 5000,
            "retry_count": "2",
        },
        "req_params": [{ "name": "id", "location": "PATH", "type": "NUMBER", "required": 1, "min_num": 1 }],
        "backend_params": [{ "name": "pet", "location": "PATH", "origin": "REQUEST", "value": "id" }],
    })
}

#[tokio::test]
async fn an_api_lives() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let mut body = over_http();
    body["group_id"] = json!(group);
    let made = owner.post("apis", body.clone()).await;
    let id = made.id();
    assert_eq!(made.text("/api_group_info/id"), group);
    assert_eq!(made.text("/backend_params/0/req_param_id"), made.text("/req_params/0/id"));
    assert!(made.body.get("run_env_id").is_none());
    assert_eq!(owner.get(&format!("apis/{id}")).await.body, made.body);
    // What was shown can be sent back, with a change.
    let mut shown = made.body.clone();
    shown["remark"] = json!("changed");
    let changed = owner.put(&format!("apis/{id}"), shown).await;
    assert_eq!(changed.text("/remark"), "changed");
    assert_eq!(changed.body["backend_api"]["retry_count"], "2");
    assert_eq!(owner.delete(&format!("apis/{id}")).await.status, 204);
    assert_snapshot!(owner.get(&format!("apis/{NOTHING}")).await.error(), @"404 APIG.3002 The API does not exist,id:00000000000000000000000000000001");
}

#[tokio::test]
async fn what_is_taken_is_told() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let id = world.api(&group, pets()).await;
    let mut same_name = over_http();
    same_name["group_id"] = json!(group);
    same_name["name"] = json!("list_pets");
    assert_eq!(owner.post("apis", same_name).await.code(), "400 APIG.3202");
    let mut same_route = pets();
    same_route["group_id"] = json!(group);
    same_route["name"] = json!("others");
    assert_eq!(owner.post("apis", same_route).await.code(), "400 APIG.3301");
    let name = json!({ "type": "name", "group_id": group, "name": "list_pets" });
    assert_snapshot!(owner.post("apis/check", name).await.error(), @"400 APIG.3202 The API name already exists,api_name:list_pets");
    let route = json!({ "type": "path", "group_id": group, "req_method": "GET", "req_uri": "/pets" });
    assert_snapshot!(owner.post("apis/check", route.clone()).await.error(), @"400 APIG.3301 The API already exists");
    let mut its_own = route;
    its_own["api_id"] = json!(id);
    assert_eq!(owner.post("apis/check", its_own).await.status, 201);
    let other = world.group("grp_2").await;
    let mut moved = pets();
    moved["group_id"] = json!(other);
    assert_eq!(owner.put(&format!("apis/{id}"), moved).await.code(), "400 APIG.2012");
}

#[tokio::test]
async fn apis_are_found() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let list = world.api(&group, pets()).await;
    world.clock.advance(1);
    let show = world.api(&group, over_http()).await;
    world.publish(&list).await;
    let found = async |query: &str| owner.get(&format!("apis?{query}")).await.column("apis", "id");
    assert_eq!(found("").await, [list.as_str(), show.as_str()]);
    assert_eq!(found(&format!("group_id={group}&offset=1")).await, [show.as_str()]);
    assert_eq!(found("name=PET&limit=1").await, [list.as_str()]);
    assert_eq!(found("name=show_pet&precise_search=name").await, [show.as_str()]);
    assert_eq!(found("req_uri=/pets").await.len(), 2);
    assert_eq!(found("req_uri=/pets&precise_search=req_uri").await, [list.as_str()]);
    assert_eq!(found("auth_type=APP").await, [show.as_str()]);
    assert_eq!(found("type=1").await, [list.as_str()]);
    assert_eq!(found("req_protocol=HTTPS").await, [show.as_str()]);
    assert_eq!(found("tags=v2,v3").await, [show.as_str()]);
    assert_eq!(found(&format!("env_id={RELEASE}")).await, [list.as_str()]);
    assert_eq!(found(&format!("id={show}")).await, [show.as_str()]);
    assert_eq!(owner.get(&format!("apis?group_id={NOTHING}")).await.code(), "404 APIG.3001");
}

#[tokio::test]
async fn apis_of_the_other_dialect_do_not_exist() {
    let world = World::new().await;
    let owner = world.owner();
    let behind = world.behind().await;
    let group = behind.create_group(GroupDraft::new(Dialect::Alibaba, "others")).await.unwrap().value.id;
    let definition: Definition = serde_json::from_value(json!({
        "name": "list_pets",
        "request": { "method": "GET", "path": "/pets" },
        "auth": { "kind": "none" },
        "backend": { "kind": "mock", "body": "[]" },
    }))
    .unwrap();
    let api = behind.create_api(group, definition).await.unwrap().value.id;
    assert_eq!(owner.get("apis").await.body["total"], 0);
    let mut body = pets();
    body["group_id"] = json!(group);
    assert_eq!(owner.post("apis", body.clone()).await.code(), "404 APIG.3001");
    assert_eq!(owner.get(&format!("apis/{api}")).await.code(), "404 APIG.3002");
    assert_eq!(owner.put(&format!("apis/{api}"), body).await.code(), "404 APIG.3002");
    assert_eq!(owner.delete(&format!("apis/{api}")).await.code(), "404 APIG.3002");
    let publish = json!({ "action": "online", "env_id": RELEASE, "api_id": api });
    assert_eq!(owner.post("apis/action", publish).await.code(), "404 APIG.3002");
    assert_eq!(owner.get(&format!("apis/publish/{api}")).await.code(), "404 APIG.3002");
    assert_eq!(owner.get(&format!("apis?group_id={group}")).await.code(), "404 APIG.3001");
}
