//! Variables of a group in a stage, and what they stand for in backends.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Client, World, get, mock_api, text};

struct Shop {
    world: World,
    owner: Client,
    group: String,
    release: String,
}

impl Shop {
    async fn new() -> Self {
        let world = World::new().await;
        let owner = world.owner();
        let group =
            text(&owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await["GroupId"]).to_owned();
        let shown = owner.done("DescribeApiGroup", &[("GroupId", &group)]).await;
        let stages = shown["StageItems"]["StageInfo"].as_array().unwrap();
        let release = stages.iter().find(|stage| stage["StageName"] == "RELEASE").unwrap();
        let release = text(&release["StageId"]).to_owned();
        Self { world, owner, group, release }
    }

    fn at<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        [&[("GroupId", self.group.as_str()), ("StageId", self.release.as_str())], more].concat()
    }

    async fn set(&self, name: &str, value: &str) {
        self.world.clock.advance(1);
        let params = self.at(&[("VariableName", name), ("VariableValue", value)]);
        self.owner.done("CreateApiStageVariable", &params).await;
    }
}

#[tokio::test]
async fn a_variable_is_set_shown_and_taken_away() {
    let shop = Shop::new().await;
    shop.set("host", "10.0.0.7").await;
    shop.set("port", ":80").await;
    let shown = shop.owner.done("DescribeApiStage", &shop.at(&[])).await;
    assert_eq!((text(&shown["StageName"]), text(&shown["GroupId"])), ("RELEASE", shop.group.as_str()));
    let expected = json!({ "VariableItem": [
        { "VariableName": "host", "VariableValue": "10.0.0.7", "SupportRoute": false },
        { "VariableName": "port", "VariableValue": ":80", "SupportRoute": false },
    ] });
    assert_eq!(shown["Variables"], expected);
    shop.owner.done("DeleteApiStageVariable", &shop.at(&[("VariableName", "host")])).await;
    let refused = shop.owner.refused("DeleteApiStageVariable", &shop.at(&[("VariableName", "host")])).await;
    assert_snapshot!(refused, @"404 NotFoundStageVariable: Cannot find resource according to your specified StageVariable.");
}

#[tokio::test]
async fn rules_are_told_in_the_vendors_codes() {
    let shop = Shop::new().await;
    shop.set("host", "10.0.0.7").await;
    let refused =
        async |more: &[(&str, &str)]| shop.owner.refused("CreateApiStageVariable", &shop.at(more)).await;
    let host = ("VariableName", "host");
    assert_snapshot!(refused(&[host, ("VariableValue", "b")]).await, @"400 RepeatedVariableName: The specified VariableName is repeated. VariableName: `host` is taken by variable/….");
    assert_snapshot!(refused(&[("VariableName", "1st"), ("VariableValue", "a b")]).await, @"400 InvalidVariableName: The specified parameter VariableName value is not valid. VariableName: `1st` must start with one of: letters; VariableValue: `a b` contains ' ', but only these are allowed: letters, digits, `_-/.:`.");
    assert_snapshot!(refused(&[host]).await, @"400 MissingVariableValue: The VariableValue is mandatory for this action.");
    assert_snapshot!(refused(&[("VariableName", "new"), ("SupportRoute", "True")]).await, @"400 InvalidSupportRoute: The specified parameter SupportRoute value is not valid. `true`: this gateway does not offer it: a variable has one value in a stage, whatever the call's parameters are.");
    assert_snapshot!(refused(&[("VariableName", "new"), ("StageRouteModel", "{}")]).await, @"400 InvalidStageRouteModel: The specified parameter StageRouteModel value is not valid. `{}`: this gateway does not offer it: a variable has one value in a stage, whatever the call's parameters are.");
    let nowhere = [("GroupId", shop.group.as_str()), ("StageId", "nowhere"), host, ("VariableValue", "a")];
    assert_snapshot!(shop.owner.refused("CreateApiStageVariable", &nowhere).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage.");
    let foreign = paifang_model::Stage::built_in_id(paifang_model::Dialect::Huawei, "RELEASE").to_string();
    let foreign = [("GroupId", shop.group.as_str()), ("StageId", foreign.as_str())];
    assert_snapshot!(shop.owner.refused("DescribeApiStage", &foreign).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage.");
}

#[tokio::test]
async fn an_api_is_deployed_where_its_variables_have_values() {
    let shop = Shop::new().await;
    let config = get("/pets");
    let mut api = mock_api(&shop.group, "list_pets", &config);
    api[5].1 = r##"{"ServiceProtocol":"HTTP","ServiceAddress":"http://#host##port#","ServicePath":"/#base#/pets","ServiceHttpMethod":"GET"}"##;
    let made = shop.owner.done("CreateApi", &api).await;
    let id = text(&made["ApiId"]);
    let shown = shop.owner.done("DescribeApi", &[("ApiId", id)]).await;
    assert_eq!(shown["ServiceConfig"]["ServiceAddress"], "http://#host##port#");
    let deploy =
        [("GroupId", shop.group.as_str()), ("ApiId", id), ("StageName", "RELEASE"), ("Description", "first")];
    shop.set("port", ":80").await;
    assert_snapshot!(shop.owner.refused("DeployApi", &deploy).await, @"404 NotFoundStageVariable: Cannot find resource according to your specified StageVariable. ServiceAddress: the variable `host` has no value in the stage; ServicePath: the variable `base` has no value in the stage.");
    shop.set("host", "10.0.0.7").await;
    shop.set("base", "v1").await;
    shop.owner.done("DeployApi", &deploy).await;
    let refused = shop.owner.refused("DeleteApiStageVariable", &shop.at(&[("VariableName", "host")])).await;
    assert_snapshot!(refused, @"400 DependencyViolationStageVariable: The specified StageVariable has Api definitions.");
}

#[tokio::test]
async fn an_access_is_named_by_a_variable() {
    let shop = Shop::new().await;
    let owner = &shop.owner;
    let config = get("/pets");
    let mut api = mock_api(&shop.group, "list_pets", &config);
    api[5].1 = r##"{"ServiceVpcEnable":"TRUE","VpcConfig":{"Name":"#access#"},"ServicePath":"/p"}"##;
    let made = owner.done("CreateApi", &api).await;
    let id = text(&made["ApiId"]);
    let shown = owner.done("DescribeApi", &[("ApiId", id)]).await;
    assert_eq!(shown["ServiceConfig"]["VpcConfig"]["Name"], "#access#");
    assert_eq!(shown["ServiceConfig"]["ServiceVpcEnable"], "TRUE");
    let deploy =
        [("GroupId", shop.group.as_str()), ("ApiId", id), ("StageName", "RELEASE"), ("Description", "first")];
    assert_snapshot!(owner.refused("DeployApi", &deploy).await, @"404 NotFoundStageVariable: Cannot find resource according to your specified StageVariable. VpcAccess: the variable `access` has no value in the stage.");
    shop.set("access", "pet_store").await;
    assert_snapshot!(owner.refused("DeployApi", &deploy).await, @"404 NotFoundVpcAccess: Cannot find resource according to your specified VpcAccess. VpcAccess: there is no backend access `pet_store`.");
    let access = [("VpcId", "vpc-1"), ("InstanceId", "10.0.0.7"), ("Port", "8080"), ("Name", "pet_store")];
    owner.done("SetVpcAccess", &access).await;
    owner.done("DeployApi", &deploy).await;
    let deployed = [("GroupId", shop.group.as_str()), ("ApiId", id), ("StageName", "RELEASE")];
    let deployed = owner.done("DescribeDeployedApi", &deployed).await;
    assert_eq!(deployed["ServiceConfig"]["VpcConfig"]["Name"], "#access#");
}
