//! Environments.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{RELEASE, World, pets};

#[tokio::test]
async fn environments_live() {
    let world = World::new().await;
    let owner = world.owner();
    assert_eq!(owner.get("envs").await.column("envs", "id"), [RELEASE]);
    let made = owner.post("envs", json!({ "name": "DEVELOP", "remark": "" })).await;
    let id = made.id();
    assert_eq!(owner.get("envs?name=dev").await.column("envs", "name"), ["DEVELOP"]);
    let changed = owner.put(&format!("envs/{id}"), json!({ "name": "DEV_2", "remark": "new" })).await;
    assert_eq!((changed.text("/name"), changed.text("/remark")), ("DEV_2", "new"));
    assert_eq!(owner.post("envs", json!({ "name": "DEV_2" })).await.code(), "400 APIG.3205");
    assert_snapshot!(owner.post("envs", json!({ "name": "2DEV" })).await.error(), @"400 APIG.2012 Invalid parameter value,parameterName:name. Please refer to the support documentation (name: `2DEV` must start with one of: letters)");
    assert_snapshot!(owner.delete(&format!("envs/{RELEASE}")).await.error(), @"403 APIG.1103 No permissions to perform operations on this environment");
    let group = world.group("grp_1").await;
    let api = world.api(&group, pets()).await;
    owner.post("apis/action", json!({ "action": "online", "env_id": id, "api_id": api })).await;
    assert_snapshot!(owner.delete(&format!("envs/{id}")).await.code(), @"403 APIG.3418");
    owner.post("apis/action", json!({ "action": "offline", "env_id": id, "api_id": api })).await;
    assert_eq!(owner.delete(&format!("envs/{id}")).await.status, 204);
    assert_eq!(owner.delete(&format!("envs/{id}")).await.code(), "404 APIG.3003");
}

#[tokio::test]
async fn there_are_ten_at_most() {
    let world = World::new().await;
    let owner = world.owner();
    for number in 2..=10 {
        assert_eq!(owner.post("envs", json!({ "name": format!("ENV_{number}") })).await.status, 201);
    }
    assert_snapshot!(owner.post("envs", json!({ "name": "ENV_11" })).await.error(), @"403 APIG.3104 The number of environments exceeds the maximum allowed limit,limit:10");
}
