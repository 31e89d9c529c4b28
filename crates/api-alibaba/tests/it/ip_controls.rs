//! IP control by its own operations: the same object as a plug-in of its type, with items that are known by their ids.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Client, World, get, mock_api, pretty, text};

async fn owner() -> (World, Client) {
    let world = World::new().await;
    let owner = world.owner();
    (world, owner)
}

async fn control(owner: &Client, params: &[(&str, &str)]) -> String {
    let all = [&[("IpControlName", "office")], params].concat();
    text(&owner.done("CreateIpControl", &all).await["IpControlId"]).to_owned()
}

async fn items(owner: &Client, control: &str) -> Vec<Value> {
    let shown = owner.done("DescribeIpControlPolicyItems", &[("IpControlId", control)]).await;
    shown["IpControlPolicyItems"]["IpControlPolicyItem"].as_array().unwrap().clone()
}

#[tokio::test]
async fn it_is_made_shown_changed_and_deleted() {
    let (world, owner) = owner().await;
    let app = owner.done("CreateApp", &[("AppName", "reader")]).await["AppId"].to_string();
    let given = [
        ("IpControlType", "ALLOW"),
        ("Description", "the office"),
        ("IpControlPolicys.1.CidrIp", "192.0.2.1;10.0.0.0/8"),
        ("IpControlPolicys.2.CidrIp", "198.51.100.7"),
        ("IpControlPolicys.2.AppId", &app),
    ];
    let id = control(&owner, &given).await;
    assert_snapshot!(pretty(&owner.done("DescribeIpControls", &[("IpControlType", "ALLOW")]).await));
    assert_eq!(owner.done("DescribeIpControls", &[("IpControlType", "REFUSE")]).await["TotalCount"], 0);
    assert_snapshot!(
        pretty(&owner.done("DescribeIpControlPolicyItems", &[("IpControlId", &id)]).await)
            .replace(&app, "100")
    );
    world.clock.advance(1_000);
    owner.done("ModifyIpControl", &[("IpControlId", &id), ("IpControlName", "offices")]).await;
    let shown = owner.done("DescribeIpControls", &[("IpControlId", &id)]).await;
    let control = &shown["IpControlInfos"]["IpControlInfo"][0];
    assert_eq!((text(&control["IpControlName"]), text(&control["Description"])), ("offices", "the office"));
    owner.done("DeleteIpControl", &[("IpControlId", &id)]).await;
    assert_snapshot!(owner.refused("DeleteIpControl", &[("IpControlId", &id)]).await, @"404 NotFoundIpControl: Cannot find resource according to your specified IpControl.");
}

#[tokio::test]
async fn an_item_keeps_its_id_while_others_come_and_go() {
    let (world, owner) = owner().await;
    let id = control(&owner, &[("IpControlType", "REFUSE")]).await;
    let control = ("IpControlId", id.as_str());
    let add = async |blocks: &str| {
        let made = owner.done("AddIpControlPolicyItem", &[control, ("CidrIp", blocks)]).await;
        text(&made["PolicyItemId"]).to_owned()
    };
    let (first, second) = (add("192.0.2.1").await, add("192.0.2.2").await);
    world.clock.advance(5_000);
    owner
        .done(
            "ModifyIpControlPolicyItem",
            &[control, ("PolicyItemId", &second), ("CidrIp", "192.0.2.3, 192.0.2.4")],
        )
        .await;
    owner.done("RemoveIpControlPolicyItem", &[control, ("PolicyItemIds", &first)]).await;
    let left = items(&owner, &id).await;
    assert_eq!(left.len(), 1);
    let told = ["PolicyItemId", "CidrIp", "CreateTime", "ModifiedTime"].map(|name| text(&left[0][name]));
    assert_eq!(
        told,
        [second.as_str(), "192.0.2.3;192.0.2.4", "2026-01-01T00:00:00Z", "2026-01-01T00:00:05Z"]
    );
    assert_snapshot!(owner.refused("RemoveIpControlPolicyItem", &[control, ("PolicyItemIds", &format!("{second};{first}"))]).await, @"404 NotFoundPolicyItem: Cannot find resource according to your specified PolicyItem. PolicyItem: there is no item `…`.");
    assert_eq!(items(&owner, &id).await, left, "all or none");
    assert_snapshot!(owner.refused("AddIpControlPolicyItem", &[control, ("CidrIp", "10.0.0.0/40")]).await, @"400 InvalidCidrIp: The specified parameter CidrIp value is not valid. CidrIp: `10.0.0.0/40` is neither an address nor a network or range of them.");
    assert_snapshot!(owner.refused("AddIpControlPolicyItem", &[control, ("CidrIp", "10.0.0.1"), ("AppId", "7")]).await, @"404 NotFoundApp: Cannot find resource according to your specified App.");
    assert_snapshot!(owner.refused("AddIpControlPolicyItem", &[control]).await, @"400 MissingCidrIp: The CidrIp is mandatory for this action.");
    assert_snapshot!(owner.refused("CreateIpControl", &[("IpControlName", "home"), ("IpControlType", "MAYBE")]).await, @"400 InvalidIpControlType: The specified parameter IpControlType value is not valid. IpControlType: `MAYBE` is none of: ALLOW, REFUSE.");
}

/// Items that were made with a plug-in have ids all the same, which they keep when one of them is changed.
#[tokio::test]
async fn a_plug_in_of_the_type_is_the_same_object() {
    let (_world, owner) = owner().await;
    let plugin = async |name: &str, data: &str| {
        let params = [("PluginName", name), ("PluginType", "ipControl"), ("PluginData", data)];
        text(&owner.done("CreatePlugin", &params).await["PluginId"]).to_owned()
    };
    let id = plugin("office", "type: ALLOW\nitems:\n- blocks: [192.0.2.1]\n- blocks: [192.0.2.2]\n").await;
    plugin("forwarded", "type: ALLOW\nresource: \"XFF:-1\"\nitems: [{ blocks: [192.0.2.1] }]\n").await;
    assert_eq!(owner.done("DescribeIpControls", &[]).await["TotalCount"], 1, "the other says more");
    let before = items(&owner, &id).await;
    let ids: Vec<&str> = before.iter().map(|item| text(&item["PolicyItemId"])).collect();
    let change = [("IpControlId", id.as_str()), ("PolicyItemId", ids[1]), ("CidrIp", "192.0.2.9")];
    owner.done("ModifyIpControlPolicyItem", &change).await;
    let after = items(&owner, &id).await;
    let told =
        after.iter().map(|item| (text(&item["PolicyItemId"]), text(&item["CidrIp"]))).collect::<Vec<_>>();
    assert_eq!(told, [(ids[0], "192.0.2.1"), (ids[1], "192.0.2.9")]);
}

#[tokio::test]
async fn it_is_bound_and_looked_at_from_either_side() {
    let (_world, owner) = owner().await;
    let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = ("GroupId", text(&made["GroupId"]));
    let api = owner.done("CreateApi", &mock_api(group.1, "list_pets", &get("/pets"))).await;
    let id = control(&owner, &[("IpControlType", "REFUSE")]).await;
    let place = [group, ("IpControlId", id.as_str()), ("StageName", "RELEASE")];
    let apis = ("ApiIds", text(&api["ApiId"]));
    owner.done("SetIpControlApis", &[&place[..], &[apis]].concat()).await;
    let of_group = owner.done("DescribeApiIpControls", &[group, place[2]]).await;
    let row = &of_group["ApiIpControls"]["ApiIpControlItem"][0];
    assert_eq!(["ApiName", "IpControlName"].map(|name| text(&row[name])), ["list_pets", "office"]);
    let apis_of = owner.done("DescribeApisByIpControl", &[place[1]]).await;
    assert_eq!(apis_of["TotalCount"], json!(1));
    assert_snapshot!(owner.refused("DeleteIpControl", &[place[1]]).await, @"400 DependencyViolationIpControl: The specified IpControl has Api definitions.");
    owner.done("RemoveIpControlApis", &[&place[..], &[apis]].concat()).await;
    owner.done("DeleteIpControl", &[place[1]]).await;
}
