//! How many there are of what.

use serde_json::json;

use crate::support::{World, pets};

#[tokio::test]
async fn numbers() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let api = world.api(&group, pets()).await;
    world.app("caller").await;
    let apis = owner.get("resources/outline/apis").await;
    assert_eq!(apis.body, json!({ "instance_num": 1, "nums_on_release": 0, "nums_off_release": 1 }));
    world.publish(&api).await;
    let apis = owner.get("resources/outline/apis").await;
    assert_eq!(apis.body, json!({ "instance_num": 1, "nums_on_release": 1, "nums_off_release": 0 }));
    let apps = owner.get("resources/outline/apps").await;
    assert_eq!(apps.body, json!({ "authed_nums": 0, "unauthed_nums": 1 }));
    let groups = owner.get("resources/outline/groups").await;
    assert_eq!(groups.body, json!({ "onsell_nums": 0, "offsell_nums": 1 }));
}
