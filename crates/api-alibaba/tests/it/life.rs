//! The whole walk of an API, with what is told who takes a step too early or too late.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Client, World, get, mock_api, text};

struct Walk {
    world: World,
    owner: Client,
    group: String,
    api: String,
}

impl Walk {
    async fn begin() -> Self {
        let world = World::new().await;
        let owner = world.owner();
        let group =
            text(&owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await["GroupId"]).to_owned();
        let made = owner.done("CreateApi", &mock_api(&group, "list_pets", &get("/pets"))).await;
        Self { owner, world, group, api: text(&made["ApiId"]).to_owned() }
    }

    fn at<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        [&[("GroupId", self.group.as_str()), ("ApiId", self.api.as_str())], more].concat()
    }

    async fn deploy(&self, remark: &str) {
        self.world.clock.advance(1_000);
        let params = self.at(&[("StageName", "release"), ("Description", remark)]);
        self.owner.done("DeployApi", &params).await;
    }

    /// What serves in RELEASE.
    async fn serves(&self) -> Value {
        self.owner.done("DescribeDeployedApi", &self.at(&[("StageName", "RELEASE")])).await
    }

    async fn versions(&self) -> Vec<Value> {
        let listed = self.owner.done("DescribeApiHistories", &self.at(&[("StageName", "RELEASE")])).await;
        listed["ApiHisItems"]["ApiHisItem"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn an_api_is_published_changed_and_switched_back() {
    let walk = Walk::begin().await;
    let owner = &walk.owner;
    walk.deploy("first").await;
    assert_eq!(walk.serves().await["ServiceConfig"]["MockResult"], "hello");

    let mut changed = mock_api(
        &walk.group,
        "list_pets",
        r#"{"RequestProtocol":"HTTPS","RequestHttpMethod":"GET","RequestPath":"/pets"}"#,
    );
    changed.push(("ApiId", &walk.api));
    changed[5].1 = r#"{"mock":"TRUE","mockResult":"bye"}"#;
    owner.done("ModifyApi", &changed).await;
    let draft = owner.done("DescribeApi", &walk.at(&[])).await;
    assert_eq!(draft["ServiceConfig"]["MockResult"], "bye");
    assert_eq!(walk.serves().await["ServiceConfig"]["MockResult"], "hello", "what is published stays");

    walk.deploy("second").await;
    assert_eq!(walk.serves().await["ServiceConfig"]["MockResult"], "bye");
    let versions = walk.versions().await;
    let told: Vec<(&str, &str)> =
        versions.iter().map(|version| (text(&version["Description"]), text(&version["Status"]))).collect();
    assert_eq!(told, [("second", "ONLINE"), ("first", "OFFLINE")]);
    let first = text(&versions[1]["HistoryVersion"]);
    assert_eq!(first, "20260101000001000");

    let history = walk.at(&[("StageName", "RELEASE"), ("HistoryVersion", first)]);
    assert_eq!(owner.done("DescribeApiHistory", &history).await["ServiceConfig"]["MockResult"], "hello");
    let switch = [&history[..], &[("Description", "back")]].concat();
    owner.done("SwitchApi", &switch).await;
    assert_eq!(walk.serves().await["ServiceConfig"]["MockResult"], "hello");
    let infos = &owner.done("DescribeApi", &walk.at(&[])).await["DeployedInfos"]["DeployedInfo"];
    let expected = json!([
        { "StageName": "RELEASE", "DeployedStatus": "DEPLOYED", "EffectiveVersion": first },
        { "StageName": "PRE", "DeployedStatus": "NONDEPLOYED" },
        { "StageName": "TEST", "DeployedStatus": "NONDEPLOYED" },
    ]);
    assert_eq!(sorted(infos), sorted(&expected));

    owner.done("AbolishApi", &walk.at(&[("StageName", "RELEASE")])).await;
    owner.done("DeleteApi", &walk.at(&[])).await;
    owner.done("DeleteApiGroup", &[("GroupId", &walk.group)]).await;
}

fn sorted(infos: &Value) -> Vec<Value> {
    let mut infos = infos.as_array().unwrap().clone();
    infos.sort_by_key(|info| text(&info["StageName"]).to_owned());
    infos
}

#[tokio::test]
async fn wrong_orders_are_told() {
    let walk = Walk::begin().await;
    let refused = async |action: &str, more: &[(&str, &str)]| {
        walk.owner.refused(action, &[&walk.at(&[])[..], more].concat()).await
    };
    let release = ("StageName", "RELEASE");
    assert_snapshot!(refused("AbolishApi", &[release]).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage.");
    assert_snapshot!(refused("DescribeDeployedApi", &[release]).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage.");
    assert_snapshot!(refused("SwitchApi", &[release, ("HistoryVersion", "20260101000000000"), ("Description", "back")]).await, @"404 NotFoundHistoryVersion: Cannot find resource according to your specified HistoryVersion.");
    assert_snapshot!(refused("DeployApi", &[("StageName", "NOWHERE"), ("Description", "first")]).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage.");
    assert_snapshot!(refused("DeployApi", &[release]).await, @"400 MissingDescription: The Description is mandatory for this action.");
    walk.deploy("first").await;
    assert_snapshot!(refused("DeleteApi", &[]).await, @"400 DependencyViolationApi: The specified Api has DeployedApi definitions.");
    assert_snapshot!(walk.owner.refused("DeleteApiGroup", &[("GroupId", &walk.group)]).await, @"400 DependencyViolationApiGroup: The specified ApiGroup has Api definitions.");
    walk.owner.done("AbolishApi", &walk.at(&[release])).await;
    assert_snapshot!(refused("AbolishApi", &[release]).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage.");
    walk.owner.done("DeleteApi", &walk.at(&[])).await;
    assert_snapshot!(refused("DeleteApi", &[]).await, @"404 NotFoundApi: Cannot find resource according to your specified Api.");
    assert_snapshot!(refused("DescribeApi", &[]).await, @"404 NotFoundApi: Cannot find resource according to your specified Api.");
}

#[tokio::test]
async fn an_api_is_found_in_its_own_group_only() {
    let walk = Walk::begin().await;
    let other = walk.owner.done("CreateApiGroup", &[("GroupName", "zoo_shop")]).await;
    let params = [("GroupId", text(&other["GroupId"])), ("ApiId", walk.api.as_str())];
    assert_snapshot!(walk.owner.refused("DescribeApi", &params).await, @"404 NotFoundApi: Cannot find resource according to your specified Api.");
    walk.owner.done("DescribeApi", &[("ApiId", &walk.api)]).await;
}

#[tokio::test]
async fn apis_are_listed_by_what_is_asked() {
    let walk = Walk::begin().await;
    let owner = &walk.owner;
    walk.world.clock.advance(1);
    owner.done("CreateApi", &mock_api(&walk.group, "show_pet", &get("/show"))).await;
    walk.deploy("first").await;
    let names = async |params: &[(&str, &str)]| {
        let listed = owner.done("DescribeApis", params).await;
        let names = listed["ApiSummarys"]["ApiSummary"].as_array().unwrap().iter();
        let names: Vec<String> = names.map(|api| text(&api["ApiName"]).to_owned()).collect();
        (names.join(" "), listed["TotalCount"].as_u64().unwrap())
    };
    let group = ("GroupId", walk.group.as_str());
    assert_eq!(names(&[]).await, ("list_pets show_pet".to_owned(), 2));
    assert_eq!(names(&[group, ("PageSize", "1"), ("PageNumber", "2")]).await, ("show_pet".to_owned(), 2));
    assert_eq!(names(&[("ApiName", "LIST")]).await, ("list_pets".to_owned(), 1));
    assert_eq!(names(&[group, ("ApiPath", "show")]).await, ("show_pet".to_owned(), 1));
    assert_eq!(names(&[("StageName", "RELEASE")]).await, ("list_pets".to_owned(), 1));
    assert_eq!(names(&[("UnDeployed", "True")]).await, ("show_pet".to_owned(), 1));
    assert_eq!(names(&[("Visibility", "PUBLIC")]).await, (String::new(), 0));
    let deployed = owner.done("DescribeDeployedApis", &[group, ("ApiMethod", "GET")]).await;
    assert_eq!(deployed["DeployedApis"]["DeployedApiItem"][0]["ApiName"], "list_pets");
    assert_eq!(owner.done("DescribeHistoryApis", &[group]).await["TotalCount"], 1);
}

#[tokio::test]
async fn names_and_routes_are_taken_once() {
    let walk = Walk::begin().await;
    let (other, same) = (get("/other"), get("/pets"));
    let create =
        async |name, config| walk.owner.refused("CreateApi", &mock_api(&walk.group, name, config)).await;
    assert_snapshot!(create("list_pets", &other).await, @"400 RepeatedApiName: The specified ApiName is repeated. ApiName: `list_pets` is taken by api/….");
    assert_snapshot!(create("list_more", &same).await, @"400 RepeatedRequestPath: The specified RequestPath is repeated. RequestPath: `/pets` is taken by api/….");
}
