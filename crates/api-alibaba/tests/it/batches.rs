//! Many APIs at once: a task, whose progress is asked for.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Client, World, get, mock_api, text};

async fn apis(owner: &Client, group: &str, number: usize) -> Vec<String> {
    let mut apis = Vec::new();
    for index in 0..number {
        let (name, config) = (format!("list_pets_{index}"), get(&format!("/pets/{index}")));
        apis.push(text(&owner.done("CreateApi", &mock_api(group, &name, &config)).await["ApiId"]).to_owned());
    }
    apis
}

/// `Api.N.…` for each, with more beside.
fn list(apis: &[String], more: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut params = Vec::new();
    for (index, api) in apis.iter().enumerate() {
        params.push((format!("Api.{}.ApiUid", index + 1), api.clone()));
        for (name, value) in more {
            params.push((format!("Api.{}.{name}", index + 1), (*value).to_owned()));
        }
    }
    params
}

fn with<'a>(list: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let list = list.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    list.chain(more.iter().copied()).collect()
}

fn statuses(answer: &Value, outer: &str, inner: &str, name: &str) -> Vec<String> {
    let results = answer[outer][inner].as_array().unwrap();
    results.iter().map(|result| format!("{}: {}", text(&result[name]), text(&result["ErrorMsg"]))).collect()
}

#[tokio::test]
async fn apis_are_published_and_taken_offline_at_once() {
    let world = World::new().await;
    let owner = world.owner();
    let group = text(&owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await["GroupId"]).to_owned();
    let apis = apis(&owner, &group, 3).await;
    let named = list(&apis, &[("GroupId", &group)]);
    let params = with(&named, &[("StageName", "release"), ("Description", "all")]);
    let started = owner.done("BatchDeployApis", &params).await;
    let operation = [("OperationUid", text(&started["OperationId"]))];
    let told = async || {
        let answer = owner.done("DescribeDeployApiTask", &operation).await;
        statuses(&answer, "DeployedResults", "DeployedResult", "DeployedStatus")
    };
    assert_eq!(told().await, ["WAIT: "; 3]);
    owner.done("DeleteApi", &[("ApiId", &apis[2])]).await;
    world.work_off().await;
    let gone = "FAIL: Cannot find resource according to your specified Api.";
    let over = "OVER: Success. Request Success.";
    assert_eq!(told().await, [over, over, gone]);
    let answer = owner.done("DescribeDeployApiTask", &operation).await;
    let first = &answer["DeployedResults"]["DeployedResult"][0];
    assert_eq!((text(&first["GroupId"]), text(&first["StageName"])), (group.as_str(), "RELEASE"));
    owner.done("DescribeDeployedApi", &[("ApiId", &apis[0]), ("StageName", "RELEASE")]).await;
    assert_snapshot!(owner.refused("DescribeAbolishApiTask", &operation).await, @"404 NotFoundOperation: Cannot find resource according to your specified Operation.");

    let release = world.native().await.find_stage(paifang_model::Dialect::Alibaba, "RELEASE").await.unwrap();
    let release = release.value.id.to_string();
    let named = list(&apis[..2], &[("GroupId", &group), ("StageId", &release)]);
    let started = owner.done("BatchAbolishApis", &with(&named, &[])).await;
    owner.done("AbolishApi", &[("ApiId", &apis[1]), ("StageName", "RELEASE")]).await;
    world.work_off().await;
    let operation = [("OperationUid", text(&started["OperationId"]))];
    let answer = owner.done("DescribeAbolishApiTask", &operation).await;
    let already = "OVER: Cannot find resource according to your specified Stage.";
    assert_eq!(statuses(&answer, "ApiAbolishResults", "ApiAbolishResult", "AbolishStatus"), [over, already]);
    let first = &answer["ApiAbolishResults"]["ApiAbolishResult"][0];
    assert_eq!((text(&first["ApiName"]), text(&first["GroupName"])), ("list_pets_0", "pet_shop"));
    assert_eq!(text(&first["StageId"]), release);
    owner.done("DeleteApi", &[("ApiId", &apis[0])]).await;
}

#[tokio::test]
async fn a_batch_is_judged_as_a_whole() {
    let world = World::new().await;
    let owner = world.owner();
    let group = text(&owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await["GroupId"]).to_owned();
    let other = text(&owner.done("CreateApiGroup", &[("GroupName", "zoo_shop")]).await["GroupId"]).to_owned();
    let mut apis = apis(&owner, &group, 1).await;
    let foreign = json!({ "dialect": "huawei", "name": "foreign" });
    let foreign = world.native().await.create_group(serde_json::from_value(foreign).unwrap()).await.unwrap();
    let definition = world.native().await.read_api(apis[0].parse().unwrap()).await.unwrap().value.definition;
    let foreign = world.native().await.create_api(foreign.value.id, definition).await.unwrap().value.id;
    let there = [("StageName", "RELEASE"), ("Description", "all")];
    let refused = async |named: &[(String, String)], more: &[(&str, &str)]| {
        owner.refused("BatchDeployApis", &with(named, more)).await
    };
    assert_snapshot!(refused(&[], &there).await, @"400 MissingApi: The Api is mandatory for this action.");
    assert_snapshot!(refused(&list(&apis, &[]), &there[..1]).await, @"400 MissingDescription: The Description is mandatory for this action.");
    assert_snapshot!(refused(&list(&apis, &[("GroupId", &other)]), &there).await, @"404 NotFoundApi: Cannot find resource according to your specified Api. Api.1 `…`.");
    apis.extend([foreign.to_string(), "pets".to_owned()]);
    assert_snapshot!(refused(&list(&apis, &[]), &there).await, @"404 NotFoundApi: Cannot find resource according to your specified Api. Api.2 `…`; Api.3 `pets`.");
    apis.truncate(1);
    apis.push(apis[0].clone());
    assert_snapshot!(refused(&list(&apis, &[]), &there).await, @"400 RepeatedApi: The specified Api is repeated. Api: it is there twice.");
    assert_snapshot!(refused(&list(&vec![apis[0].clone(); 1_001], &[]), &there).await, @"400 InvalidApi.LengthLimit: The parameter Api length exceeds the limit. Api: 1001 items are named: 1 to 1000 are allowed.");
    let nowhere = list(&apis[..1], &[("StageName", "NOWHERE")]);
    assert_snapshot!(owner.refused("BatchAbolishApis", &with(&nowhere, &[])).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage. Api.1 `…`.");
    let operation = [("OperationUid", "pets")];
    assert_snapshot!(owner.refused("DescribeDeployApiTask", &operation).await, @"404 NotFoundOperation: Cannot find resource according to your specified Operation.");
    let onlooker = world.onlooker().await;
    let named = list(&apis[..1], &[]);
    assert!(
        onlooker.refused("BatchDeployApis", &with(&named, &there)).await.starts_with("403 Forbidden.RAM")
    );
}
