//! Load-balance channels: their members, groups of members, and health checks.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{NOTHING, Reply, World, pets};

fn shops() -> Value {
    json!({ "name": "shops", "port": 8080, "balance_strategy": 2, "member_type": "ip", "type": 2 })
}

async fn made(world: &World, more: Value) -> Reply {
    let mut body = shops();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.owner().post("vpc-channels", body).await
}

fn hosts(reply: &Reply) -> Vec<String> {
    let members = reply.body["members"].as_array().unwrap();
    members.iter().map(|member| format!("{}:{}", member["host"].as_str().unwrap(), member["port"])).collect()
}

#[tokio::test]
async fn a_channel_has_a_life() {
    let world = World::new().await;
    let owner = world.owner();
    let health = json!({
        "protocol": "HTTP", "path": "/up", "http_code": "200-299", "threshold_normal": 2, "threshold_abnormal": 3,
        "timeout": 4, "time_interval": 9,
    });
    let made = made(&world, json!({
        "member_groups": [{ "member_group_name": "blue", "member_group_weight": 7 }],
        "members": [{ "host": "10.0.0.1", "member_group_name": "blue" }, { "host": "10.0.0.2", "port": 81, "weight": 5 }],
        "vpc_health_config": health,
    }))
    .await;
    assert_eq!((made.status.as_u16(), made.text("/name")), (201, "shops"));
    assert_eq!((&made.body["balance_strategy"], &made.body["members"]), (&json!(2), &Value::Null));
    let path = format!("vpc-channels/{}", made.id());
    let shown = owner.get(&path).await;
    assert_eq!(hosts(&shown), ["10.0.0.1:0", "10.0.0.2:81"]);
    assert_eq!(
        shown.body["members"][0]["member_group_id"],
        shown.body["member_groups"][0]["member_group_id"]
    );
    assert_eq!(
        (&shown.body["members"][1]["weight"], shown.text("/members/1/health_status")),
        (&json!(5), "1")
    );
    assert_eq!(shown.text("/vpc_health_config/path"), "/up");
    assert_eq!(shown.body["vpc_health_config"]["time_interval"], 9);

    let mut other = shops();
    (other["name"], other["balance_strategy"]) = (json!("stores"), json!(4));
    let changed = owner.put(&path, other.clone()).await;
    assert_eq!((changed.text("/name"), &changed.body["balance_strategy"]), ("stores", &json!(4)));
    let first = shown.text("/members/0/id");
    assert_eq!(owner.get(&path).await.text("/members/0/id"), first, "what is absent stays");
    other["members"] = json!([{ "host": "10.0.0.1", "port": 8080 }, { "host": "10.0.0.3" }]);
    owner.put(&path, other).await;
    let shown = owner.get(&path).await;
    assert_eq!(hosts(&shown), ["10.0.0.1:8080", "10.0.0.3:0"]);
    assert_eq!(shown.text("/members/0/id"), first, "a member at the same place is the same");

    let check = json!({
        "protocol": "TCP", "threshold_normal": 1, "threshold_abnormal": 1, "timeout": 1, "time_interval": 2, "status": 2,
    });
    let check = owner.put(&format!("{path}/health-config"), check).await;
    assert_eq!((check.text("/protocol"), &check.body["status"]), ("TCP", &json!(2)));
    assert_eq!(check.text("/vpc_channel_id"), made.id());

    let mut api = pets();
    api["backend_type"] = json!("HTTP");
    api["backend_api"] = json!({
        "req_protocol": "HTTP", "req_method": "GET", "req_uri": "/pets", "timeout": 5000,
        "vpc_channel_status": 1, "vpc_channel_info": { "vpc_channel_id": made.id() },
    });
    let group = world.group("grp_1").await;
    let api = world.api(&group, api).await;
    let mut elsewhere = pets();
    (elsewhere["name"], elsewhere["req_uri"]) = (json!("show_pet"), json!("/pets/1"));
    world.api(&group, elsewhere).await;
    assert_eq!(owner.delete(&path).await.code(), "403 APIG.3414");
    let found =
        async |asked: String| owner.get(&format!("apis?vpc_channel_name={asked}")).await.column("apis", "id");
    let name = shown.text("/name");
    assert_eq!(found(name[..4].to_owned()).await, [api.as_str()]);
    assert_eq!(found(format!("{name}&precise_search=vpc_channel_name")).await, [api.as_str()]);
    assert!(found(format!("{}&precise_search=vpc_channel_name", &name[..4])).await.is_empty());
    assert!(found("elsewhere".to_owned()).await.is_empty());
    owner.delete(&format!("apis/{api}")).await;
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(owner.get(&path).await.code(), "404 APIG.3023");
}

#[tokio::test]
async fn members_are_added_replaced_switched_and_removed() {
    let world = World::new().await;
    let owner = world.owner();
    let groups = json!([{ "member_group_name": "blue" }, { "member_group_name": "green" }]);
    let channel = made(&world, json!({ "member_groups": groups })).await.id();
    let path = format!("vpc-channels/{channel}/members");
    let blue = |host: &str| json!({ "host": host, "member_group_name": "blue" });
    let added = owner.post(&path, json!({ "members": [blue("10.0.0.1"), { "host": "10.0.0.2" }] })).await;
    assert_eq!((added.status.as_u16(), hosts(&added)), (201, vec!["10.0.0.1:0".into(), "10.0.0.2:0".into()]));
    let first = added.text("/members/0/id").to_owned();
    let again =
        owner.post(&path, json!({ "members": [{ "host": "10.0.0.1", "port": 8080, "weight": 9 }] })).await;
    assert_eq!((again.text("/members/0/id"), &again.body["total"]), (first.as_str(), &json!(1)));
    assert_eq!(owner.get(&path).await.body["total"], 2);

    let replaced = json!({ "member_group_name": "green", "members": [{ "host": "10.0.0.3" }] });
    let replaced = owner.put(&path, replaced).await;
    assert_eq!(replaced.text("/members/0/member_group_name"), "green");
    assert_eq!(hosts(&owner.get(&path).await), ["10.0.0.1:8080", "10.0.0.2:0", "10.0.0.3:0"]);
    let listed = async |query: &str| hosts(&owner.get(&format!("{path}?{query}")).await);
    assert_eq!(listed("member_group_name=gre").await, ["10.0.0.3:0"]);
    assert_eq!(listed("name=0.2").await, ["10.0.0.2:0"]);
    assert_eq!(listed("name=0.2&precise_search=name").await, Vec::<String>::new());
    let green = replaced.text("/members/0/member_group_id");
    assert_eq!(listed(&format!("member_group_id={green}")).await, ["10.0.0.3:0"]);

    let off = owner.post(&format!("{path}/batch-disable"), json!({ "member_ids": [first] })).await;
    assert_eq!(off.status, 201);
    assert_eq!(owner.get(&path).await.body["members"][0]["status"], 2);
    let both = json!({ "member_ids": [first, NOTHING] });
    assert_snapshot!(owner.post(&format!("{path}/batch-enable"), both).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:member_ids[1]. Please refer to the support documentation (member_ids[1]: the channel has no member `00000000000000000000000000000001`)");
    assert_eq!(owner.get(&path).await.body["members"][0]["status"], 2, "all or none");
    owner.post(&format!("{path}/batch-enable"), json!({ "member_ids": [first] })).await;
    assert_eq!(owner.get(&path).await.body["members"][0]["status"], 1);
    assert_eq!(owner.delete(&format!("{path}/{first}")).await.status, 204);
    let all = owner.put(&path, json!({ "members": [{ "host": "10.0.0.9" }] })).await;
    assert_eq!(
        (hosts(&all), hosts(&owner.get(&path).await)),
        (vec!["10.0.0.9:0".into()], vec!["10.0.0.9:0".into()])
    );
}

#[tokio::test]
async fn groups_of_members_are_added_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let channel = made(&world, json!({})).await.id();
    let path = format!("vpc-channels/{channel}/member-groups");
    let group =
        json!({ "member_group_name": "blue", "member_group_remark": "one half", "member_group_weight": 7 });
    let added =
        owner.post(&path, json!({ "member_groups": [group, { "member_group_name": "green" }] })).await;
    assert_eq!((added.status.as_u16(), &added.body["total"]), (201, &json!(2)));
    let blue = format!("{path}/{}", added.text("/member_groups/0/member_group_id"));
    assert_eq!(owner.get(&blue).await.text("/member_group_remark"), "one half");
    let listed = owner.get(&format!("{path}?member_group_name=gree")).await;
    assert_eq!(
        (&listed.body["total"], listed.text("/member_groups/0/member_group_name")),
        (&json!(1), "green")
    );
    let changed = owner.put(&blue, json!({ "member_group_name": "blue", "member_group_weight": 3 })).await;
    assert_eq!(changed.body["member_group_weight"], 3);
    assert_snapshot!(owner.put(&blue, json!({ "member_group_name": "red" })).await.error(), @"412 APIG.3458 The feature is not supported by the current instance (member_group_name: the group is called `blue` for good: make another one)");
    let members = format!("vpc-channels/{channel}/members");
    owner.post(&members, json!({ "members": [{ "host": "10.0.0.1", "member_group_name": "blue" }] })).await;
    assert_snapshot!(owner.delete(&blue).await.error(), @"403 APIG.3471 The operation cannot be performed on this type of VPC channel,1 members are of the group `blue`");
    owner.put(&members, json!({ "members": [] })).await;
    assert_eq!(owner.delete(&blue).await.status, 204);
    assert_eq!(owner.get(&blue).await.code(), "404 APIG.3023");
}

#[tokio::test]
async fn what_this_node_knows_against_a_member_is_shown() {
    let world = World::new().await;
    let channel =
        made(&world, json!({ "members": [{ "host": "10.0.0.1" }, { "host": "10.0.0.2" }] })).await.id();
    let path = format!("vpc-channels/{channel}");
    let owner = world.owner();
    let member = owner.get(&path).await.text("/members/1/id").to_owned();
    world.health.is_unwell(member.parse().unwrap());
    let shown = owner.get(&path).await;
    assert_eq!((shown.text("/members/0/health_status"), shown.text("/members/1/health_status")), ("1", "2"));
    assert_eq!(shown.body["status"], 1, "one of two is well");
    let first = shown.text("/members/0/id").to_owned();
    owner.post(&format!("{path}/members/batch-disable"), json!({ "member_ids": [first] })).await;
    assert_eq!(owner.get(&path).await.body["status"], 2, "who is switched off does not count");
    assert_eq!(owner.get("vpc-channels").await.body["vpc_channels"][0]["status"], 2);
    owner.post(&format!("{path}/members/batch-enable"), json!({ "member_ids": [first] })).await;
    world.health.is_unwell(first.parse().unwrap());
    assert_eq!(owner.get(&path).await.body["status"], 2);
    owner.put(&format!("{path}/members"), json!({ "members": [] })).await;
    assert_eq!(owner.get(&path).await.body["status"], 1, "nothing is known against nobody");
}

/// Spec: huawei/api-model.md §5.
#[tokio::test]
async fn an_api_is_tried_again_less_often_than_a_channel_has_members() {
    let world = World::new().await;
    let owner = world.owner();
    let members =
        json!([{ "host": "10.0.0.1" }, { "host": "10.0.0.2" }, { "host": "10.0.0.3", "status": 2 }]);
    let channel = made(&world, json!({ "members": members })).await.id();
    let group = world.group("grp_1").await;
    let backend = |retries: &str| {
        json!({
            "req_protocol": "HTTP", "req_method": "GET", "req_uri": "/pets", "timeout": 5000, "retry_count": retries,
            "vpc_channel_status": 1, "vpc_channel_info": { "vpc_channel_id": channel },
        })
    };
    let api = |retries: &str| {
        let mut api = pets();
        api["group_id"] = json!(group);
        (api["backend_type"], api["backend_api"]) = (json!("HTTP"), backend(retries));
        api
    };
    assert_snapshot!(owner.post("apis", api("2")).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:backend_api.retry_count. Please refer to the support documentation (backend_api.retry_count: 2 further attempts are too many: fewer are allowed than members of the channel `shops` are switched on, which are 2)");
    let made = owner.post("apis", api("1")).await;
    assert_eq!(made.status, 201, "{made:?}");
    let path = format!("apis/{}", made.id());
    let mut with_policy = api("-1");
    let mut policy = backend("3");
    policy.as_object_mut().unwrap().extend(
        json!({
            "name": "near", "effect_mode": "ANY",
            "conditions": [{ "condition_origin": "source", "condition_value": "10.0.0.0/8" }],
        })
        .as_object()
        .unwrap()
        .clone(),
    );
    with_policy["policy_https"] = json!([policy]);
    assert_snapshot!(owner.put(&path, with_policy).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:policy_https[0].retry_count. Please refer to the support documentation (policy_https[0].retry_count: 3 further attempts are too many: fewer are allowed than members of the channel `shops` are switched on, which are 2)");
    owner.put(&format!("vpc-channels/{channel}/members"), json!({ "members": [] })).await;
    for retries in ["-1", "0"] {
        assert_eq!(owner.put(&path, api(retries)).await.status, 200, "{retries}");
    }
    let mut elsewhere = api("9");
    elsewhere["backend_api"]["vpc_channel_info"]["vpc_channel_id"] = json!(NOTHING);
    assert_snapshot!(owner.put(&path, elsewhere).await.error(), @"404 APIG.3023 The VPC channel does not exist (backend_api.vpc_channel_info.vpc_channel_id: there is no channel `00000000000000000000000000000001`)");
}

#[tokio::test]
async fn channels_are_searched() {
    let world = World::new().await;
    let owner = world.owner();
    let blue = json!([{ "member_group_name": "blue" }]);
    let shops = made(&world, json!({ "members": [{ "host": "10.0.0.1" }], "member_groups": blue })).await;
    world.clock.advance(1);
    made(&world, json!({ "name": "stores", "members": [{ "host": "10.0.0.2", "port": 81 }] })).await;
    let found = async |query: &str| {
        let reply = owner.get(&format!("vpc-channels?{query}")).await;
        let channels = reply.body["vpc_channels"].as_array().unwrap().clone();
        channels
            .iter()
            .map(|channel| channel["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(found("").await, "shops stores");
    assert_eq!(found("name=sho").await, "shops");
    assert_eq!(found("name=sho&precise_search=name").await, "");
    assert_eq!(found("member_host=0.2").await, "stores");
    assert_eq!(
        (found("member_port=8080").await, found("member_port=81").await),
        ("shops".into(), "stores".into())
    );
    assert_eq!(found("member_group_name=lue").await, "shops");
    let group = shops.text("/member_groups/0/member_group_id");
    assert_eq!(found(&format!("member_group_id={group}")).await, "shops");
    assert_eq!((found("limit=1").await, found("limit=1&offset=1").await), ("shops".into(), "stores".into()));
}

#[tokio::test]
async fn servers_are_members_by_the_ids_that_the_inventory_has() {
    let world = World::new().await;
    let (owner, behind) = (world.owner(), world.behind().await);
    let draft = |id: &str, name: &str, address: &str| {
        let draft = json!({ "network": "vpc-1", "instance": id, "name": name, "address": address });
        serde_json::from_value::<paifang_control::BackendInstanceDraft>(draft).unwrap()
    };
    let barn = behind.create_backend_instance(draft("ecs-1", "barn", "10.0.0.1")).await.unwrap().value.id;
    behind.create_backend_instance(draft("ecs-2", "stable", "10.0.0.2")).await.unwrap();
    let members = json!([
        // Whoever writes back what was shown sends the host along.
        { "ecs_id": "ecs-1", "ecs_name": "whatever", "host": "192.0.2.1" },
        { "ecs_name": "stable", "port": 81 },
    ]);
    let channel = made(&world, json!({ "member_type": "ecs", "members": members })).await;
    assert_eq!((channel.status.as_u16(), channel.text("/member_type")), (201, "ecs"));
    let path = format!("vpc-channels/{}", channel.id());
    let shown = owner.get(&path).await;
    assert_eq!(
        (hosts(&shown), shown.text("/member_type")),
        (vec!["10.0.0.1:0".into(), "10.0.0.2:81".into()], "ecs")
    );
    assert_eq!((shown.text("/members/0/ecs_id"), shown.text("/members/0/ecs_name")), ("ecs-1", "barn"));
    assert_eq!((shown.text("/members/1/ecs_id"), shown.text("/members/1/ecs_name")), ("ecs-2", "stable"));
    assert_eq!(shown.text("/members/0/health_status"), "1");

    behind.update_backend_instance(barn, draft("ecs-1", "barn", "10.0.0.9"), None).await.unwrap();
    assert_eq!(hosts(&owner.get(&format!("{path}/members")).await), ["10.0.0.9:0", "10.0.0.2:81"]);
    let found = owner.get("vpc-channels?member_host=10.0.0.9").await;
    assert_eq!(found.body["total"], 1);
    let again = json!({ "members": [{ "ecs_id": "ecs-1", "weight": 7 }] });
    let again = owner.post(&format!("{path}/members"), again).await;
    assert_eq!(again.text("/members/0/id"), shown.text("/members/0/id"), "it was there already");

    let told = async |name: &str, kind: &str, members: Value| {
        self::made(&world, json!({ "name": name, "member_type": kind, "members": members })).await.error()
    };
    for (kind, members, said) in [
        ("ecs", json!([{ "ecs_id": "ecs-3" }]), "members[0].ecs_id: there is no backend instance `ecs-3`"),
        (
            "ecs",
            json!([{ "ecs_name": "shed" }]),
            "members[0].ecs_name: 0 backend instances are called `shed`",
        ),
        ("ecs", json!([{ "host": "10.0.0.1" }]), "members[0].ecs_id: the channel's members are servers"),
        ("ip", json!([{ "ecs_id": "ecs-1" }]), "members[0].ecs_id: the channel's members are hosts"),
    ] {
        let error = told("other", kind, members).await;
        assert!(error.starts_with("400 APIG.20") && error.contains(said), "{error}");
    }
}

#[tokio::test]
async fn complaints_come_in_the_vendors_words() {
    let world = World::new().await;
    let there = made(&world, json!({})).await.id();
    let told = async |more: Value| made(&world, more).await.error().replace(&there, "ID");
    assert_snapshot!(told(json!({})).await, @"400 APIG.3208 The VPC channel name already exists (name: `shops` is taken by channel/ID)");
    assert_snapshot!(told(json!({ "name": "x", "port": 0, "balance_strategy": 5, "member_type": "ecs", "type": 3 })).await, @"412 APIG.3458 The feature is not supported by the current instance (type: 2, servers, is offered; balance_strategy: it is 5, but 1 to 4 are allowed)");
    assert_snapshot!(told(json!({ "name": "stores", "members": [{ "host": "a b", "weight": 10_001, "member_group_name": "red" }] })).await, @"400 APIG.2011 Invalid parameter value,parameterName:members[0].host. Please refer to the support documentation (members[0].host: `a b` is not a host name: a label holds letters, digits, `-` and `_`; members[0].weight: 10001 is too heavy: 0 to 10000 are allowed; members[0].member_group_name: the channel has no group `red`)");
    let check = json!({ "protocol": "HTTP", "threshold_normal": 11, "threshold_abnormal": 300, "timeout": 9, "time_interval": 9 });
    assert_snapshot!(told(json!({ "name": "stores", "vpc_health_config": check })).await, @"400 APIG.2011 Invalid parameter value,parameterName:vpc_health_config.threshold_abnormal. Please refer to the support documentation (vpc_health_config.threshold_abnormal: 300 is out of range)");
    let groups = json!([{ "member_group_name": "1", "member_group_weight": 101, "dict_code": "abc" }]);
    assert_snapshot!(told(json!({ "name": "stores", "member_groups": groups })).await, @"412 APIG.3458 The feature is not supported by the current instance (member_groups[0].dict_code: there are no dictionaries)");
    let missing = world.owner().post("vpc-channels", json!({})).await;
    assert_snapshot!(missing.error(), @"400 APIG.2001 The request parameters must be specified,parameterName:member_type. Please refer to the support documentation (member_type: it is missing; port: it is missing; name: it is missing; balance_strategy: it is missing)");
}
