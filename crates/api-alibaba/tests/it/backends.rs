//! Backend services: a definition per stage, which APIs follow.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Client, World, get, mock_api, text};

const HTTP: &str = r#"{"ServiceAddress":"http://a.example.com","HttpTargetHostName":"www.example.com"}"#;

/// A service, by its id.
async fn service(owner: &Client, name: &str, kind: &str) -> String {
    let made = owner.done("CreateBackend", &[("BackendName", name), ("BackendType", kind)]).await;
    text(&made["BackendId"]).to_owned()
}

async fn info(owner: &Client, service: &str) -> Value {
    owner.done("DescribeBackendInfo", &[("BackendId", service)]).await["BackendInfo"].clone()
}

/// An API that uses a service, by its id.
async fn api(owner: &Client, service: &str) -> String {
    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let config = get("/pets");
    let mut api = mock_api(text(&group["GroupId"]), "list_pets", &config);
    api[5].1 = r#"{"ServicePath":"/herd","ServiceHttpMethod":"GET","ServiceTimeout":"3000"}"#;
    api.extend([("BackendEnable", "true"), ("BackendId", service)]);
    text(&owner.done("CreateApi", &api).await["ApiId"]).to_owned()
}

#[tokio::test]
async fn a_service_of_each_type_is_defined_and_shown() {
    let owner = World::new().await.owner();
    let http = service(&owner, "cattle", "HTTP").await;
    let data = [("BackendId", http.as_str()), ("StageName", "RELEASE"), ("BackendModelData", HTTP)];
    let made = owner.done("CreateBackendModel", &[&data[..], &[("BackendType", "HTTP")]].concat()).await;
    let shown = info(&owner, &http).await;
    assert_eq!((&shown["BackendName"], &shown["BackendType"]), (&json!("cattle"), &json!("HTTP")));
    let model = &shown["BackendModels"][0];
    assert_eq!((&model["BackendModelId"], &model["StageName"]), (&made["BackendModelId"], &json!("RELEASE")));
    assert_eq!(
        model["BackendConfig"],
        json!({ "Type": "HTTP", "ServiceAddress": "http://a.example.com", "HttpTargetHostName": "www.example.com" })
    );
    assert_snapshot!(owner.refused("CreateBackendModel", &data).await, @"400 RepeatedStageName: The specified StageName is repeated.");

    let access = [("VpcId", "vpc-1"), ("InstanceId", "10.0.0.7"), ("Port", "80"), ("Name", "barn_1")];
    let access = owner.done("SetVpcAccess", &access).await;
    let vpc = service(&owner, "barn", "VPC").await;
    let data = json!({ "VpcConfig": {
        "VpcAccessId": access["VpcAccessId"], "VpcScheme": "https", "VpcTargetHostName": "barn.internal",
    } });
    let data = data.to_string();
    let params = [("BackendId", vpc.as_str()), ("StageName", "TEST"), ("BackendModelData", &data)];
    owner.done("CreateBackendModel", &params).await;
    let config = info(&owner, &vpc).await["BackendModels"][0]["BackendConfig"]["VpcConfig"].clone();
    assert_eq!(
        (&config["Name"], &config["VpcTargetHostName"], &config["Port"]),
        (&json!("barn_1"), &json!("barn.internal"), &json!(80))
    );
    assert_eq!([&config["VpcAccessId"], &config["VpcScheme"]], [&access["VpcAccessId"], &json!("HTTPS")]);
    // What is shown can be sent back.
    let data = json!({ "VpcConfig": config }).to_string();
    let params = [("BackendId", vpc.as_str()), ("StageName", "TEST"), ("BackendModelData", &data)];
    owner.done("ModifyBackendModel", &params).await;
    let again = info(&owner, &vpc).await["BackendModels"][0]["BackendConfig"]["VpcConfig"].clone();
    assert_eq!(again, config);

    let mock = service(&owner, "scarecrow", "MOCK").await;
    let data = r#"{"MockConfig":{"MockStatusCode":"404","MockResult":"boo","MockHeaders":[{"HeaderName":"x-a","HeaderValue":"b"}]}}"#;
    let params = [("BackendId", mock.as_str()), ("StageName", "PRE"), ("BackendModelData", data)];
    owner.done("CreateBackendModel", &params).await;
    let config = info(&owner, &mock).await["BackendModels"][0]["BackendConfig"]["MockConfig"].clone();
    assert_eq!(
        config,
        json!({ "MockStatusCode": "404", "MockResult": "boo", "MockHeaders": [{ "HeaderName": "x-a", "HeaderValue": "b" }] })
    );
    let listed = owner.done("DescribeBackendList", &[("BackendType", "VPC"), ("BackendName", "ba")]).await;
    assert_eq!((&listed["TotalCount"], &listed["BackendInfoList"][0]["BackendId"]), (&json!(1), &json!(vpc)));
    let name = [("BackendId", mock.as_str()), ("BackendName", "crow"), ("BackendType", "MOCK")];
    owner.done("ModifyBackend", &name).await;
    assert_eq!(info(&owner, &mock).await["BackendName"], "crow");
    owner.done("DeleteBackend", &[("BackendId", &mock)]).await;
    assert_snapshot!(owner.refused("DescribeBackendInfo", &[("BackendId", &mock)]).await, @"404 NotFoundBackend: Cannot find resource according to your specified Backend.");
}

#[tokio::test]
async fn an_api_uses_a_service_and_follows_it() {
    let world = World::new().await;
    let owner = world.owner();
    let id = service(&owner, "cattle", "HTTP").await;
    let api = api(&owner, &id).await;
    let shown = owner.done("DescribeApi", &[("ApiId", &api)]).await;
    assert_eq!(shown["BackendEnable"], true);
    assert_eq!(
        shown["BackendConfig"],
        json!({ "BackendId": id, "BackendName": "cattle", "BackendType": "HTTP" })
    );
    assert_eq!(shown["ServiceConfig"]["ServicePath"], "/herd");
    assert_eq!(shown["ServiceConfig"]["ServiceTimeout"], 3000);

    let deploy = [("ApiId", api.as_str()), ("StageName", "RELEASE"), ("Description", "first")];
    assert_snapshot!(owner.refused("DeployApi", &deploy).await, @"404 NotFoundBackendModel: Cannot find resource according to your specified BackendModel. BackendId: the backend service `cattle` has no definition for the stage `RELEASE`: make one first.");
    let at = [("BackendId", id.as_str()), ("StageName", "RELEASE")];
    let model = owner.done("CreateBackendModel", &[&at[..], &[("BackendModelData", HTTP)]].concat()).await;
    owner.done("DeployApi", &deploy).await;
    let users = async |params: &[(&str, &str)]| {
        owner.done("DescribeApisByBackend", params).await["ApiInfoList"]["ApiInfo"].clone()
    };
    assert_eq!(users(&at).await[0]["ApiId"], json!(api));
    assert_eq!(users(&at[..1]).await[0]["Path"], "/pets");
    assert_eq!(users(&[at[0], ("StageName", "TEST")]).await, json!([]));

    let model = [at[0], ("BackendModelId", text(&model["BackendModelId"]))];
    let moved =
        [("BackendModelData", r#"{"serviceAddress":"http://b.example.com"}"#), ("Description", "moved")];
    let started = owner.done("ModifyBackendModel", &[&model[..], &moved[..]].concat()).await;
    let operation = [("OperationUid", text(&started["OperationId"]))];
    let told = async |params: &[(&str, &str)]| {
        owner.done("DescribeUpdateBackendTask", params).await["ApiUpdateBackendResults"]["ApiUpdateBackendResult"][0]
            .clone()
    };
    assert_eq!(told(&operation).await["UpdateStatus"], "WAIT");
    world.work_off().await;
    let result = told(&operation).await;
    assert_eq!(
        [&result["UpdateStatus"], &result["ApiName"], &result["BackendId"], &result["StageName"]],
        [&json!("OVER"), &json!("list_pets"), &json!(id), &json!("RELEASE")]
    );
    assert_snapshot!(owner.refused("DeleteBackend", &at[..1]).await, @"400 DependencyViolationBackend: The specified Backend has Api definitions.");

    let started = owner.done("DeleteBackendModel", &model).await;
    world.work_off().await;
    let result = told(&[("OperationUid", text(&started["OperationId"]))]).await;
    assert_eq!((&result["UpdateStatus"], &result["BackendId"]), (&json!("OVER"), &json!(id)));
    let gone = owner.done("DescribeAbolishApiTask", &[("OperationUid", text(&started["OperationId"]))]).await;
    let gone = &gone["ApiAbolishResults"]["ApiAbolishResult"][0];
    assert_eq!([&gone["ApiUid"], &gone["AbolishStatus"]], [&json!(api), &json!("OVER")]);
    assert_snapshot!(owner.refused("DescribeDeployedApi", &deploy[..2]).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage.");
    assert_snapshot!(owner.refused("DeleteBackendModel", &model).await, @"404 NotFoundBackendModel: Cannot find resource according to your specified BackendModel.");
}

#[tokio::test]
async fn what_a_service_cannot_be_is_told() {
    let owner = World::new().await.owner();
    let create = async |name, kind| {
        owner.refused("CreateBackend", &[("BackendName", name), ("BackendType", kind)]).await
    };
    assert_snapshot!(create("cat", "HTTP").await, @"400 InvalidBackendName.LengthLimit: The parameter BackendName length exceeds the limit. BackendName: `cat` has 3 characters, but 4 to 50 are allowed.");
    assert_snapshot!(create("cattle", "OSS").await, @"400 InvalidBackendType: The specified parameter BackendType value is not valid. `OSS`: this gateway does not offer it: such backends are not there yet.");
    assert_snapshot!(create("cattle", "http").await, @"400 InvalidBackendType: The specified parameter BackendType value is not valid. `http`: HTTP, VPC and MOCK are allowed.");
    let id = service(&owner, "cattle", "HTTP").await;
    assert_snapshot!(create("cattle", "VPC").await, @"400 RepeatedBackendName: The specified BackendName is repeated. BackendName: `cattle` is taken by backend_service/….");
    let at = [("BackendId", id.as_str()), ("StageName", "RELEASE")];
    let model = async |data| {
        owner.refused("CreateBackendModel", &[&at[..], &[("BackendModelData", data)]].concat()).await
    };
    assert_snapshot!(model("{}").await, @"400 MissingServiceAddress: The ServiceAddress is mandatory for this action.");
    assert_snapshot!(model(r#"{"ServiceAddress":"ftp://a"}"#).await, @"400 InvalidServiceAddress: The specified parameter ServiceAddress value is not valid. ServiceAddress: `ftp://a` is not a backend address: the scheme is http or https.");
    assert_snapshot!(model(r#"{"ServiceAddress":"http://a","OssConfig":{}}"#).await, @"400 InvalidBackendModelData: The specified parameter BackendModelData value is not valid. `OssConfig`: this gateway does not offer it: it is no member for backends of this type.");
    assert_snapshot!(owner.refused("ModifyBackend", &[at[0], ("BackendName", "herd"), ("BackendType", "VPC")]).await, @"400 InvalidBackendType: The specified parameter BackendType value is not valid. `VPC`: the type of a backend service is never changed.");
    assert_snapshot!(owner.refused("ModifyBackendModel", &at[..1]).await, @"400 MissingBackendModelId: The BackendModelId is mandatory for this action.");
    assert_snapshot!(owner.refused("ModifyBackendModel", &at).await, @"404 NotFoundBackendModel: Cannot find resource according to your specified BackendModel.");
}
