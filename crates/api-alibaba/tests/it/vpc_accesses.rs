//! Accesses with the APIs that are served through them.

use std::sync::Arc;

use async_trait::async_trait;
use insta::assert_snapshot;
use paifang_api_alibaba::INSTANCE;
use paifang_control::Knocker;
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
async fn an_instance_id_leads_where_the_inventory_says_now_or_later() {
    let world = World::new().await;
    let (owner, native) = (world.owner(), world.native().await);
    let place = [("VpcId", "vpc-1"), ("InstanceId", "i-uf6"), ("Port", "80")];
    let made = owner.done("SetVpcAccess", &[&place[..], &[("Name", "barn")]].concat()).await;
    let access = native.read_backend_access(text(&made["VpcAccessId"]).parse().unwrap()).await.unwrap().value;
    assert_eq!(access.named_instance(), Some("i-uf6"), "the inventory is asked first");
    let shown = owner.done("DescribeVpcAccesses", &[]).await;
    assert_eq!(shown["VpcAccessAttributes"]["VpcAccessAttribute"][0]["InstanceId"], "i-uf6");
    let draft = json!({ "network": "vpc-1", "instance": "i-uf6", "address": "192.0.2.7" });
    let instance =
        native.create_backend_instance(serde_json::from_value(draft).unwrap()).await.unwrap().value.id;
    assert!(native.delete_backend_instance(instance, None).await.is_err(), "the access means it");
    owner.done("ModifyVpcAccessAndUpdateApis", &[("Name", "barn"), ("InstanceId", "192.0.2.8")]).await;
    native.delete_backend_instance(instance, None).await.unwrap();
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
    let told = async |operation: &str| {
        let task = owner.done("DescribeUpdateVpcInfoTask", &[("OperationUid", operation)]).await;
        task["ApiUpdateVpcInfoResults"]["ApiUpdateVpcInfoResult"][0].clone()
    };
    assert_eq!(told(&operation).await["UpdateStatus"], "WAIT");
    world.work_off().await;
    let result = told(&operation).await;
    assert_eq!([&result["ApiUid"], &result["UpdateStatus"]], [&json!(api), &json!("OVER")]);
    assert_eq!([&result["ApiName"], &result["StageName"]], ["list_pets", "RELEASE"]);

    let port = owner.done("ModifyVpcAccessAndUpdateApis", &[("Name", "barn_1"), ("Port", "9090")]).await;
    let other = text(&port["OperationId"]);
    assert_ne!(other, operation, "each change has a result of its own");
    owner.done("AbolishApi", &[("ApiId", &api), ("StageName", "RELEASE")]).await;
    world.work_off().await;
    assert_eq!(told(other).await["ErrorMsg"], "Cannot find resource according to your specified Stage.");
    assert_eq!(told(&operation).await["ErrorMsg"], "Success. Request Success.");
    owner.done("DeployApi", &[("ApiId", &api), ("StageName", "RELEASE"), ("Description", "again")]).await;
    assert_eq!(users(&owner, &[]).await[0]["Port"], 9090);
    assert_snapshot!(owner.refused("ModifyVpcAccessAndUpdateApis", &[("Name", "barn")]).await, @"404 NotFoundVpcAccess: Cannot find resource according to your specified VpcAccess.");
    assert_snapshot!(owner.refused("DescribeUpdateVpcInfoTask", &[("OperationUid", &api)]).await, @"404 NotFoundOperation: Cannot find resource according to your specified Operation.");
}

#[tokio::test]
async fn an_access_goes_and_its_apis_go_offline() {
    let world = World::new().await;
    let owner = world.owner();
    let api = served(&owner, "barn_1").await;
    let there = [("ApiId", api.as_str()), ("StageName", "RELEASE")];
    let all = |batch| [&PLACE[..], &[("NeedBatchWork", batch)]].concat();
    assert_snapshot!(owner.refused("RemoveVpcAccessAndAbolishApis", &all("false")).await, @"400 DependencyViolationVpcAccess: The specified VpcAccess has Api definitions.");
    let started = owner.done("RemoveVpcAccessAndAbolishApis", &PLACE).await;
    let operation = [("OperationUid", text(&started["OperationId"]))];
    let told = async || {
        let task = owner.done("DescribeAbolishApiTask", &operation).await;
        task["ApiAbolishResults"]["ApiAbolishResult"].clone()
    };
    assert_eq!(told().await[0]["AbolishStatus"], "WAIT");
    assert_eq!(owner.done("DescribeVpcAccesses", &[]).await["TotalCount"], 0);
    world.work_off().await;
    let result = told().await;
    assert_eq!([&result[0]["ApiUid"], &result[0]["AbolishStatus"]], [&json!(api), &json!("OVER")]);
    assert_eq!(result.as_array().unwrap().len(), 1);
    assert_snapshot!(owner.refused("DescribeDeployedApi", &there).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage.");
    let shown = owner.done("DescribeApi", &there[..1]).await;
    assert_eq!(shown["ServiceConfig"]["VpcConfig"], json!({ "Name": "barn_1" }));
    let again = [&there[..], &[("Description", "again")]].concat();
    assert_snapshot!(owner.refused("DeployApi", &again).await, @"404 NotFoundVpcAccess: Cannot find resource according to your specified VpcAccess. VpcAccess: there is no backend access `barn_1`.");

    // Somebody has the name again.
    owner.done("SetVpcAccess", &[&PLACE[..], &[("Name", "barn_1")]].concat()).await;
    owner.done("DeployApi", &again).await;
    let service = json!({ "ServiceVpcEnable": "TRUE", "VpcConfig": { "Name": "barn_1" } }).to_string();
    let config = get("/pets");
    let group = text(&shown["GroupId"]);
    let mut by_id = mock_api(group, "list_pets", &config);
    by_id[5].1 = &service;
    owner.done("ModifyApi", &[&by_id[..], &there[..1]].concat()).await;
    owner.done("DeployApi", &again).await;
    assert_snapshot!(owner.refused("RemoveVpcAccess", &PLACE).await, @"400 DependencyViolationVpcAccess: The specified VpcAccess has Api definitions.");
    let removed = owner.done("RemoveVpcAccess", &all("true")).await;
    let removed = &removed["Apis"]["Api"];
    assert_eq!((&removed[0]["ApiId"], &removed[0]["GroupId"]), (&json!(api), &json!(group)));
    world.work_off().await;
    assert_eq!(owner.refused("DescribeDeployedApi", &there).await[..3], *"404");
    assert_snapshot!(owner.refused("RemoveVpcAccessAndAbolishApis", &PLACE).await, @"404 NotFoundVpcAccess: Cannot find resource according to your specified VpcAccess.");
}

/// Reaches one port only.
struct Reaches(u16);

#[async_trait]
impl Knocker for Reaches {
    async fn knock(&self, host: &str, port: u16) -> Result<(), String> {
        if port == self.0 { Ok(()) } else { Err(format!("nobody is at {host}:{port}")) }
    }
}

#[tokio::test]
async fn whether_an_access_can_be_reached_is_told() {
    let world = World::new().await;
    world.control.connect_knocker(Arc::new(Reaches(8080)));
    let owner = world.owner();
    let access = owner.done("SetVpcAccess", &[&PLACE[..], &[("Name", "barn_1")]].concat()).await;
    let asked = [("InstanceId", INSTANCE), ("VpcAccessId", text(&access["VpcAccessId"]))];
    let connected = async || owner.done("ValidateVpcConnectivity", &asked).await["Connected"].clone();
    assert_eq!(connected().await, true);
    owner.done("ModifyVpcAccessAndUpdateApis", &[("Name", "barn_1"), ("Port", "8081")]).await;
    assert_eq!(connected().await, false);
    let elsewhere = [("InstanceId", "i-1"), asked[1]];
    assert_snapshot!(owner.refused("ValidateVpcConnectivity", &elsewhere).await, @"404 NotFoundInstance: Cannot find resource according to your specified Instance.");
    let nobody = [asked[0], ("VpcAccessId", INSTANCE)];
    assert_snapshot!(owner.refused("ValidateVpcConnectivity", &nobody).await, @"404 NotFoundVpcAccess: Cannot find resource according to your specified VpcAccess.");
}
