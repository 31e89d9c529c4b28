//! The one instance.

use insta::assert_snapshot;

use crate::support::{INSTANCE, World};

#[tokio::test]
async fn there_is_one_instance() {
    let world = World::new().await;
    let owner = world.owner();
    let list = owner.get("/instances?limit=10").await;
    assert_eq!(list.column("instances", "id"), [INSTANCE]);
    assert_eq!(list.body["instances"][0]["status"], "Running");
    assert_eq!(owner.get("/instances?instance_name=other").await.body["total"], 0);
    assert_eq!(owner.get("/instances?offset=1").await.body["size"], 0);
    let one = owner.get(&format!("/instances/{INSTANCE}")).await;
    assert_eq!(one.text("/instance_version"), "1.2.3");
    assert_snapshot!(owner.get("/instances/other").await.error(), @"404 APIG.3030 The instance does not exist,id:other");
    assert_snapshot!(owner.delete(&format!("/instances/{INSTANCE}")).await.error(), @"403 APIG.1020 Insufficient permissions,a self-hosted gateway is one instance, which its operator starts and stops");
    assert_snapshot!(owner.get("/instances?limit=501&offset=x").await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:offset. Please refer to the support documentation (offset: `x` is not a number from 0 to 9223372036854775807; limit: `501` is not a number from 1 to 500)");
}
