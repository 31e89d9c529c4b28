//! Plug-ins of whole groups: attached, shown from either side, replaced, detached.

use insta::assert_snapshot;

use crate::support::{Client, World, pretty, text};

const DATA: &str = "unit: MINUTE\napiDefault: 10\n";

async fn plugin(owner: &Client, name: &str) -> String {
    let params = [("PluginName", name), ("PluginType", "trafficControl"), ("PluginData", DATA)];
    text(&owner.done("CreatePlugin", &params).await["PluginId"]).to_owned()
}

async fn attached(owner: &Client, place: &[(&str, &str)]) -> Vec<String> {
    let shown = owner.done("DescribePluginsByGroup", place).await;
    let plugins = shown["Plugins"]["PluginAttribute"].as_array().unwrap();
    plugins.iter().map(|plugin| text(&plugin["PluginName"]).to_owned()).collect()
}

#[tokio::test]
async fn the_latest_of_a_type_is_attached() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop"), ("Description", "cats")]).await;
    let place = [("GroupId", text(&made["GroupId"])), ("StageName", "RELEASE")];
    let (first, second) = (plugin(&owner, "first").await, plugin(&owner, "second").await);
    let with = |plugin| [place[0], place[1], ("PluginId", plugin)];
    owner.done("AttachGroupPlugin", &with(&first)).await;
    assert_eq!(attached(&owner, &place).await, ["first"]);
    owner.done("AttachGroupPlugin", &with(&second)).await;
    owner.done("AttachGroupPlugin", &with(&second)).await;
    assert_eq!(attached(&owner, &place).await, ["second"]);
    assert_eq!(attached(&owner, &[place[0], ("StageName", "TEST")]).await, [""; 0]);
    let groups = owner.done("DescribePluginGroups", &[("PluginId", &second)]).await;
    assert_snapshot!(pretty(&groups));
    let dogs = [("PluginId", second.as_str()), ("Description", "dogs")];
    assert_eq!(owner.done("DescribePluginGroups", &dogs).await["TotalCount"], 0);
    assert_snapshot!(owner.refused("DeletePlugin", &[("PluginId", &second)]).await, @"400 DependencyViolationPlugin: The specified Plugin has ApiGroup definitions.");
    assert_snapshot!(owner.refused("DetachGroupPlugin", &with(&first)).await, @"404 NotFoundPlugin: Cannot find resource according to your specified Plugin.");
    owner.done("DetachGroupPlugin", &with(&second)).await;
    assert_eq!(attached(&owner, &place).await, [""; 0]);
    owner.done("DeletePlugin", &[("PluginId", &second)]).await;
}

#[tokio::test]
async fn what_is_wrong_is_told_in_the_vendors_codes() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = ("GroupId", text(&made["GroupId"]));
    let first = plugin(&owner, "first").await;
    let attach = async |params: &[(&str, &str)]| owner.refused("AttachGroupPlugin", params).await;
    let plugin = ("PluginId", first.as_str());
    assert_snapshot!(attach(&[group, plugin]).await, @"400 MissingStageName: The StageName is mandatory for this action.");
    assert_snapshot!(attach(&[group, plugin, ("StageName", "NIGHT")]).await, @"404 NotFoundStage: Cannot find resource according to your specified Stage.");
    assert_snapshot!(attach(&[("GroupId", "zzz"), plugin, ("StageName", "TEST")]).await, @"404 NotFoundApiGroup: Cannot find resource according to your specified ApiGroup.");
    let onlooker = world.onlooker().await;
    let refused = onlooker.refused("AttachGroupPlugin", &[group, plugin, ("StageName", "TEST")]).await;
    assert!(refused.starts_with("403 Forbidden.RAM"), "{refused}");
}
