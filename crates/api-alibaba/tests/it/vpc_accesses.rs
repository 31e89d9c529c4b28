//! Accesses with the APIs that are served through them.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Client, Hidden, World, get, mock_api, text};

const PLACE: [(&str, &str); 3] = [("VpcId", "vpc-1"), ("InstanceId", "192.0.2.7"), ("Port", "8080")];

/// An API that is served through an access, by its id.
async fn served(owner: &Client, access: &str) -> String {
    let made = owner.done("SetVpcAccess", &[&PLACE[..], &[("Name", access)]].concat()).await;
    assert_ne!(made["VpcAccessId"], Value::Null);
    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let config = get("/pets");
    let mut api = mock_api(text(&group["GroupId"]), "list_pets", &config);
    let service = json!({
        "ServiceVpcEnable": "TRUE", "VpcConfig": { "Name": access }, "ServicePath": "/herd",
        "ServiceHttpMethod": "GET", "ServiceTimeout": "3000",
    });
    let service = service.to_string();
    api[5].1 = &service;
    let api = text(&owner.done("CreateApi", &api).await["ApiId"]).to_owned();
    let deploy = [("ApiId", api.as_str()), ("StageName", "RELEASE"), ("Description", "first")];
    owner.done("DeployApi", &deploy).await;
    api
}

async fn users(owner: &Client, params: &[(&str, &str)]) -> Value {
    owner.done("DescribeApisByVpcAccess", params).await["ApiVpcAccessInfos"]["ApiVpcAccessInfo"].clone()
}

#[tokio::test]
async fn what_is_served_through_an_access_is_listed() {
    let world = World::new().await;
    let owner = world.owner();
    Hidden::make(&world).await;
    let api = served(&owner, "barn_1").await;
    owner
        .done("SetVpcAccess", &[("Name", "barn_2"), ("VpcId", "v"), ("InstanceId", "i"), ("Port", "1")])
        .await;
    let listed = users(&owner, &[("VpcName", "barn_1")]).await;
    assert_eq!(listed, users(&owner, &[]).await, "no other access has any");
    let one = &listed[0];
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!([&one["ApiId"], &one["ApiName"]], [&json!(api), &json!("list_pets")]);
    assert_eq!([&one["Method"], &one["Path"], &one["StageName"]], ["GET", "/pets", "RELEASE"]);
    assert_eq!([&one["VpcName"], &one["VpcId"], &one["InstanceId"]], ["barn_1", "vpc-1", "192.0.2.7"]);
    assert_eq!((&one["Port"], &one["GroupName"]), (&json!(8080), &json!("pet_shop")));
    for name in ["barn_2", "barn"] {
        assert_eq!(users(&owner, &[("VpcName", name)]).await, json!([]), "{name}");
    }
    owner.done("AbolishApi", &[("ApiId", &api), ("StageName", "RELEASE")]).await;
    assert_eq!(users(&owner, &[]).await, json!([]));
}

#[tokio::test]
async fn an_access_moves_and_its_apis_with_it() {
    let world = World::new().await;
    let owner = world.owner();
    let api = served(&owner, "barn_1").await;
    let moved = [("Name", "barn_1"), ("InstanceId", "192.0.2.9"), ("VpcTargetHostName", "herd.internal")];
    let stay = [&moved[..], &[("NeedBatchWork", "false")]].concat();
    assert_snapshot!(owner.refused("ModifyVpcAccessAndUpdateApis", &stay).await, @"400 InvalidNeedBatchWork: The specified parameter NeedBatchWork value is not valid. `false`: this gateway does not offer it: APIs follow their access at once.");
    let go = [&moved[..], &[("NeedBatchWork", "true")]].concat();
    let started = owner.done("ModifyVpcAccessAndUpdateApis", &go).await;
    let operation = text(&started["OperationId"]).to_owned();
    let listed = owner.done("DescribeVpcAccesses", &[]).await;
    let access = &listed["VpcAccessAttributes"]["VpcAccessAttribute"][0];
    assert_eq!([&access["InstanceId"], &access["VpcTargetHostName"]], ["192.0.2.9", "herd.internal"]);
    assert_eq!(
        (&access["VpcId"], &access["Port"]),
        (&json!("vpc-1"), &json!(8080)),
        "what is not given stays"
    );
    let native = world.native().await;
    let there = native.read_backend_access(operation.parse().unwrap()).await.unwrap().value;
    assert_eq!(there.target(), "192.0.2.9");

    let task = owner.done("DescribeUpdateVpcInfoTask", &[("OperationUid", &operation)]).await;
    let result = &task["ApiUpdateVpcInfoResults"]["ApiUpdateVpcInfoResult"][0];
    assert_eq!([&result["ApiUid"], &result["UpdateStatus"]], [&json!(api), &json!("OVER")]);
    assert_eq!([&result["ApiName"], &result["StageName"]], ["list_pets", "RELEASE"]);

    let port = owner.done("ModifyVpcAccessAndUpdateApis", &[("Name", "barn_1"), ("Port", "9090")]).await;
    assert_eq!(text(&port["OperationId"]), operation);
    assert_eq!(users(&owner, &[]).await[0]["Port"], 9090);
    assert_snapshot!(owner.refused("ModifyVpcAccessAndUpdateApis", &[("Name", "barn")]).await, @"404 NotFoundVpcAccess: Cannot find resource according to your specified VpcAccess.");
    assert_snapshot!(owner.refused("DescribeUpdateVpcInfoTask", &[("OperationUid", &api)]).await, @"404 NotFoundOperation: Cannot find resource according to your specified Operation.");
    assert_snapshot!(owner.refused("RemoveVpcAccessAndAbolishApis", &PLACE).await, @"404 InvalidAction.NotFound: Specified api is not found, please check your url and method. `RemoveVpcAccessAndAbolishApis` is not offered by this gateway: an access that APIs name stays: BatchAbolishApis, ModifyApi, then RemoveVpcAccess.");
}
