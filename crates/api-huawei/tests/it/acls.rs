//! Access control: policies of three entity types, and where they are bound.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{NOTHING, RELEASE, World, published};

fn acl(name: &str, entity_type: &str, value: &str) -> Value {
    json!({ "acl_name": name, "acl_type": "PERMIT", "entity_type": entity_type, "acl_value": value })
}

/// A policy, by its id. What is made later is listed later.
async fn made(world: &World, name: &str, entity_type: &str, value: &str) -> String {
    world.clock.advance(1);
    world.owner().post("acls", acl(name, entity_type, value)).await.id()
}

#[tokio::test]
async fn a_policy_is_made_shown_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("acls", acl("the_office", "IP", "192.0.2.0/24,2001:db8::1")).await;
    let id = made.id();
    assert_snapshot!(serde_json::to_string_pretty(&made.body).unwrap().replace(&id, "ID"), @r#"
    {
      "id": "ID",
      "acl_name": "the_office",
      "entity_type": "IP",
      "acl_type": "PERMIT",
      "acl_value": "192.0.2.0/24,2001:db8::1",
      "update_time": "2026-01-01T00:00:00.000Z"
    }
    "#);
    let path = format!("acls/{id}");
    assert_eq!(owner.get(&path).await.body, made.body);
    let mut changed = acl("an_office", "IP", "192.0.2.5-192.0.2.10");
    changed["acl_type"] = json!("DENY");
    let updated = owner.put(&path, changed.clone()).await;
    for (name, value) in changed.as_object().unwrap() {
        assert_eq!(updated.body[name], *value, "{name}");
    }
    assert_snapshot!(owner.put(&path, acl("an_office", "DOMAIN", "sellers")).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:entity_type. Please refer to the support documentation (entity_type: it stays IP: make another policy)");
    owner.delete(&path).await;
    assert_eq!(owner.get(&path).await.code(), "404 APIG.3006");
    assert_eq!(owner.delete(&path).await.code(), "404 APIG.3006");
}

#[tokio::test]
async fn policies_of_all_entity_types_are_one_list() {
    let world = World::new().await;
    let owner = world.owner();
    let office = made(&world, "office", "IP", "192.0.2.1").await;
    made(&world, "sellers", "DOMAIN", "sellers,buyers").await;
    made(&world, "tenants", "DOMAIN_ID", "01010101010101010101010101010101").await;
    let names = async |query: &str| owner.get(&format!("acls{query}")).await.column("acls", "acl_name");
    assert_eq!(names("").await, ["office", "sellers", "tenants"]);
    assert_eq!(names("?limit=1&offset=1").await, ["sellers"]);
    assert_eq!(names("?entity_type=DOMAIN_ID").await, ["tenants"]);
    assert_eq!(names("?acl_type=DENY").await, [""; 0]);
    assert_eq!(names("?name=SELL").await, ["sellers"]);
    assert_eq!(names("?name=sell&precise_search=name").await, [""; 0]);
    assert_eq!(names(&format!("?id={office}")).await, ["office"]);
    // One name, whatever is listed.
    assert_eq!(owner.post("acls", acl("office", "DOMAIN", "sellers")).await.code(), "400 APIG.3206");
    // It is no policy of another sort.
    assert_eq!(owner.get(&format!("throttles/{office}")).await.code(), "404 APIG.3005");
    assert_eq!(owner.get("throttles").await.body["total"], 0);
}

#[tokio::test]
async fn what_is_wrong_is_told_with_the_vendors_codes() {
    let world = World::new().await;
    let owner = world.owner();
    assert_snapshot!(owner.post("acls", json!({ "entity_type": "APP" })).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:entity_type. Please refer to the support documentation (entity_type: `APP` is none of: IP, DOMAIN, DOMAIN_ID; acl_name: it is missing; acl_type: it is missing; acl_value: it is missing)");
    assert_snapshot!(owner.post("acls", acl("1st", "IP", "10.0.0.0/33")).await.error(), @"400 APIG.2012 Invalid parameter value,parameterName:acl_name. Please refer to the support documentation (acl_name: `1st` must start with one of: letters, Chinese characters; acl_value: `10.0.0.0/33` is neither an address nor a network or range of them)");
    assert_eq!(
        owner.put(&format!("acls/{NOTHING}"), acl("office", "IP", "10.0.0.1")).await.code(),
        "404 APIG.3006"
    );
    assert_eq!(owner.delete("acls/x").await.code(), "400 APIG.2012");
}

/// The cloud's numbers, and what is told beyond them.
#[tokio::test]
async fn there_are_so_many_policies_and_entries() {
    let world = World::new().await;
    let owner = world.owner();
    world.set_quota("huawei.access_policies", 2).await;
    world.set_quota("huawei.addresses_per_list", 1).await;
    made(&world, "office", "IP", "10.0.0.1").await;
    assert_snapshot!(owner.post("acls", acl("two", "IP", "10.0.0.1,10.0.0.2")).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:acl_value. Please refer to the support documentation (acl_value: 2 are too many: 1 are allowed)");
    made(&world, "sellers", "DOMAIN", "sellers,buyers").await;
    assert_eq!(owner.post("acls", acl("more", "DOMAIN_ID", NOTHING)).await.code(), "403 APIG.3112");
}

#[tokio::test]
async fn policies_are_bound_one_of_each_entity_type() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("zoo").await;
    let office = made(&world, "office", "IP", "192.0.2.1").await;
    let other = made(&world, "other_office", "IP", "192.0.2.2").await;
    let sellers = made(&world, "sellers", "DOMAIN", "sellers").await;
    let (cats, online) = published(&world, &group, "cats").await;
    let (_, dogs_online) = published(&world, &group, "dogs").await;
    let bind = async |acl: &str, ids: Value| {
        world.clock.advance(1);
        owner.post("acl-bindings", json!({ "acl_id": acl, "publish_ids": ids })).await
    };
    let bound = bind(&office, json!([online, dogs_online])).await;
    assert_eq!(bound.column("acl_bindings", "acl_id"), [office.clone(), office.clone()]);
    assert_eq!(
        (bound.text("/acl_bindings/0/api_id"), bound.text("/acl_bindings/0/env_id")),
        (cats.as_str(), RELEASE)
    );
    bind(&sellers, json!([online])).await;
    let acls = async |query: &str| owner.get(&format!("acl-bindings/binded-acls?api_id={cats}{query}")).await;
    assert_eq!(acls("").await.column("acls", "acl_name"), ["office", "sellers"]);
    assert_eq!(acls("&acl_name=SELL").await.column("acls", "entity_type"), ["DOMAIN"]);
    assert_eq!(
        acls(&format!("&acl_id={office}&env_name=RELEASE")).await.column("acls", "acl_id"),
        std::slice::from_ref(&office)
    );
    assert_eq!(acls("&env_name=TEST").await.body["total"], 0);

    let apis = async |list: &str, acl: &str| owner.get(&format!("acl-bindings/{list}?acl_id={acl}")).await;
    let mut bound = apis("binded-apis", &office).await.column("apis", "api_name");
    // Both were bound at once.
    bound.sort_unstable();
    assert_eq!(bound, ["cats", "dogs"]);
    let row = apis("binded-apis", &sellers).await.body["apis"][0].clone();
    assert_eq!(
        (&row["publish_id"], &row["env_name"], &row["group_name"]),
        (&json!(online), &json!("RELEASE"), &json!("zoo"))
    );
    let free = apis("unbinded-apis", &other).await;
    assert_eq!(
        (free.column("apis", "name"), free.column("apis", "acl_name")),
        (vec!["cats".to_owned(), "dogs".to_owned()], vec!["office".to_owned(); 2])
    );
    // Another of its type gives way.
    bind(&other, json!([online])).await;
    assert_eq!(acls("").await.column("acls", "acl_name"), ["sellers", "other_office"]);
    assert_eq!(owner.get("acls").await.column("acls", "acl_name"), ["office", "other_office", "sellers"]);
    assert_eq!(owner.get(&format!("acls?id={office}")).await.body["acls"][0]["bind_num"], 1);
    assert_eq!(owner.delete(&format!("acls/{office}")).await.code(), "403 APIG.3447");
}

#[tokio::test]
async fn several_are_unbound_and_deleted_each_with_its_result() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("zoo").await;
    let office = made(&world, "office", "IP", "192.0.2.1").await;
    let sellers = made(&world, "sellers", "DOMAIN", "sellers").await;
    let (_, online) = published(&world, &group, "cats").await;
    let body = json!({ "acl_id": office, "publish_ids": [online] });
    let binding = owner.post("acl-bindings", body).await.text("/acl_bindings/0/id").to_owned();
    let done = owner.put("acls?action=delete", json!({ "acls": [office, sellers, NOTHING] })).await;
    assert_eq!(done.body["success_count"], 1);
    assert_eq!(done.column("failure", "error_code"), ["APIG.3447", "APIG.3006"]);
    assert_eq!(done.body["failure"][0]["acl_name"], "office");
    // A binding of another sort is none of these.
    assert_eq!(owner.delete(&format!("throttle-bindings/{binding}")).await.code(), "404 APIG.3012");
    let gone = json!({ "acl_bindings": [binding, NOTHING] });
    assert_eq!(owner.put("acl-bindings?action=add", gone.clone()).await.code(), "400 APIG.2011");
    let done = owner.put("acl-bindings?action=delete", gone).await;
    assert_eq!(
        (&done.body["success_count"], done.column("failure", "error_code")),
        (&json!(1), vec!["APIG.3010".to_owned()])
    );
    assert_eq!(owner.delete(&format!("acl-bindings/{binding}")).await.code(), "404 APIG.3010");
    owner.delete(&format!("acls/{office}")).await;
    assert_eq!(owner.get("acls").await.body["total"], 0);
}
