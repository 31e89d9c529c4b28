//! Request throttling: policies, their excluded apps and tenants, and where they are bound.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{NOTHING, PROJECT, RELEASE, World, published};

fn ten_a_minute() -> Value {
    json!({ "name": "ten_a_minute", "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 })
}

/// A policy, by its id. What is made later is listed later.
async fn throttle(world: &World, name: &str) -> String {
    world.clock.advance(1);
    let mut body = ten_a_minute();
    body["name"] = json!(name);
    world.owner().post("throttles", body).await.id()
}

#[tokio::test]
async fn a_policy_is_made_shown_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("throttles", ten_a_minute()).await;
    let id = made.id();
    assert_snapshot!(serde_json::to_string_pretty(&made.body).unwrap().replace(&id, "ID"), @r#"
    {
      "time_interval": 1,
      "time_unit": "MINUTE",
      "api_call_limits": 10,
      "type": 1,
      "user_call_limits": 0,
      "app_call_limits": 0,
      "ip_call_limits": 0,
      "enable_adaptive_control": "FALSE",
      "id": "ID",
      "name": "ten_a_minute",
      "remark": "",
      "bind_num": 0,
      "is_inclu_special_throttle": 2,
      "create_time": "2026-01-01T00:00:00.000Z"
    }
    "#);
    assert_eq!(owner.get(&format!("throttles/{id}")).await.body, made.body);
    let changed = json!({
        "name": "sixty_an_hour", "time_interval": 2, "time_unit": "HOUR", "api_call_limits": 60, "type": 2,
        "user_call_limits": 30, "app_call_limits": 20, "ip_call_limits": 0, "enable_adaptive_control": "FALSE",
        "remark": "For the shop.",
    });
    let updated = owner.put(&format!("throttles/{id}"), changed.clone()).await;
    for (name, value) in changed.as_object().unwrap() {
        assert_eq!(updated.body[name], *value, "{name}");
    }
    // What was read is written back.
    let mut body = updated.body.clone();
    for read_only in ["id", "bind_num", "is_inclu_special_throttle", "create_time"] {
        body.as_object_mut().unwrap().remove(read_only);
    }
    assert_eq!(owner.put(&format!("throttles/{id}"), body).await.body, updated.body);
    owner.delete(&format!("throttles/{id}")).await;
    assert_eq!(owner.get(&format!("throttles/{id}")).await.code(), "404 APIG.3005");
}

#[tokio::test]
async fn policies_are_listed_by_name_and_id() {
    let world = World::new().await;
    let owner = world.owner();
    let (first, _) = (throttle(&world, "first").await, throttle(&world, "second_first").await);
    let names = async |query: &str| owner.get(&format!("throttles{query}")).await.column("throttles", "name");
    assert_eq!(names("").await, ["first", "second_first"]);
    assert_eq!(names("?limit=1&offset=1").await, ["second_first"]);
    assert_eq!(names("?name=FIRST").await, ["first", "second_first"]);
    assert_eq!(names("?name=first&precise_search=name").await, ["first"]);
    assert_eq!(names(&format!("?id={first}")).await, ["first"]);
    assert_eq!(names(&format!("?id={NOTHING}")).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_wrong_is_told_with_the_vendors_codes() {
    let world = World::new().await;
    let owner = world.owner();
    throttle(&world, "ten_a_minute").await;
    assert_eq!(owner.post("throttles", ten_a_minute()).await.code(), "400 APIG.3204");
    let wrong = json!({ "time_unit": "WEEK", "user_call_limits": 11, "specials": [1] });
    assert_snapshot!(owner.post("throttles", wrong).await.error(), @"400 APIG.2001 The request parameters must be specified,parameterName:name. Please refer to the support documentation (name: it is missing; specials: excluded apps and tenants have operations of their own)");
    let mut wrong = ten_a_minute();
    wrong["name"] = json!("1st");
    wrong["app_call_limits"] = json!(11);
    assert_snapshot!(owner.post("throttles", wrong).await.error(), @"400 APIG.2012 Invalid parameter value,parameterName:name. Please refer to the support documentation (name: `1st` must start with one of: letters, Chinese characters; app_call_limits: 11 is above api_call_limits, which is 10)");
    let mut adaptive = ten_a_minute();
    adaptive["name"] = json!("adaptive");
    adaptive["enable_adaptive_control"] = json!("TRUE");
    assert_snapshot!(owner.post("throttles", adaptive).await.error(), @"412 APIG.3458 The feature is not supported by the current instance (enable_adaptive_control: throttling that adapts by itself is not offered: `FALSE` is)");
    assert_eq!(owner.put(&format!("throttles/{NOTHING}"), ten_a_minute()).await.code(), "404 APIG.3005");
    assert_eq!(owner.delete("throttles/x").await.code(), "400 APIG.2012");
}

#[tokio::test]
async fn apps_and_tenants_are_excluded_and_included_again() {
    let world = World::new().await;
    let owner = world.owner();
    let (policy, app) = (throttle(&world, "ten_a_minute").await, world.app("shop").await);
    let path = format!("throttles/{policy}/throttle-specials");
    let special = |sort: &str, id: &str, limit: i64| json!({ "object_type": sort, "object_id": id, "call_limits": limit });
    let made = owner.post(&path, special("APP", &app, 5)).await;
    let id = made.id();
    let shown = serde_json::to_string_pretty(&made.body).unwrap();
    assert_snapshot!(shown.replace(&id, "ID").replace(&policy, "POLICY").replace(&app, "APP"), @r#"
    {
      "id": "ID",
      "throttle_id": "POLICY",
      "call_limits": 5,
      "object_type": "APP",
      "object_id": "APP",
      "object_name": "shop",
      "app_id": "APP",
      "app_name": "shop",
      "apply_time": "2026-01-01T00:00:00.001Z"
    }
    "#);
    assert_eq!(owner.post(&path, special("APP", &app, 5)).await.code(), "400 APIG.3308");
    // The tenant of an app is named by its project: here, the one account.
    let tenant = owner.post(&path, special("USER", PROJECT, 4)).await;
    assert_eq!((tenant.text("/object_type"), tenant.text("/object_name")), ("USER", "default"));
    assert_eq!(owner.get(&format!("throttles/{policy}")).await.body["is_inclu_special_throttle"], 1);

    let names = async |query: &str| {
        owner.get(&format!("{path}{query}")).await.column("throttle_specials", "object_name")
    };
    assert_eq!(names("").await, ["shop", "default"]);
    assert_eq!(names("?object_type=USER").await, ["default"]);
    assert_eq!(names("?app_name=SHO").await, ["shop"]);
    assert_eq!(names("?user=DEF").await, ["default"]);
    assert_eq!(names("?limit=1&offset=1").await, ["default"]);

    let one = format!("{path}/{id}");
    assert_eq!(owner.put(&one, json!({ "call_limits": 7 })).await.body["call_limits"], 7);
    assert_snapshot!(owner.put(&one, json!({ "call_limits": 11 })).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:call_limits. Please refer to the support documentation (call_limits: 11 is above api_call_limits, which is 10)");
    assert_snapshot!(owner.put(&one, json!({ "call_limits": -1 })).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:call_limits. Please refer to the support documentation (call_limits: -1 is out of range: 1 to 2147483647 are allowed)");
    // A change of the policy leaves them alone, and they bound it.
    assert_eq!(
        owner.put(&format!("throttles/{policy}"), ten_a_minute()).await.body["is_inclu_special_throttle"],
        1
    );
    let mut narrow = ten_a_minute();
    narrow["api_call_limits"] = json!(6);
    assert_snapshot!(owner.put(&format!("throttles/{policy}"), narrow).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:call_limits. Please refer to the support documentation (call_limits: 7 is above api_call_limits, which is 6)");
    owner.delete(&one).await;
    assert_eq!(owner.delete(&one).await.code(), "404 APIG.3013");
    assert_eq!(owner.put(&one, json!({ "call_limits": 1 })).await.code(), "404 APIG.3013");
    assert_snapshot!(owner.post(&path, special("APP", NOTHING, 1)).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:object_id. Please refer to the support documentation (object_id: there is no app `00000000000000000000000000000001`)");
    assert_snapshot!(owner.post(&path, special("GROUP", NOTHING, 1)).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:object_type. Please refer to the support documentation (object_type: `GROUP` is none of: APP, USER)");
}

#[tokio::test]
async fn a_policy_is_bound_to_publications_and_seen_from_both_sides() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("zoo").await;
    let policy = throttle(&world, "ten_a_minute").await;
    let (cats, cats_online) = published(&world, &group, "cats").await;
    let (_, dogs_online) = published(&world, &group, "dogs").await;
    let apis = async |list: &str, query: &str| {
        owner.get(&format!("throttle-bindings/{list}?throttle_id={policy}{query}")).await
    };
    assert_eq!(apis("unbinded-apis", "").await.column("apis", "name"), ["cats", "dogs"]);
    assert_eq!(apis("binded-apis", "").await.body["total"], 0);

    let body = json!({ "strategy_id": policy, "publish_ids": [cats_online, dogs_online, cats_online] });
    let bound = owner.post("throttle-bindings", body).await;
    assert_eq!(bound.column("throttle_applys", "publish_id"), [cats_online.clone(), dogs_online.clone()]);
    assert_eq!(bound.body["throttle_applys"][0]["scope"], 1);
    let binding = bound.text("/throttle_applys/0/id").to_owned();

    let row = apis("binded-apis", &format!("&api_id={cats}")).await.body["apis"][0].clone();
    assert_eq!(row["throttle_apply_id"], binding);
    assert_eq!(
        (&row["name"], &row["group_name"], &row["run_env_name"]),
        (&json!("cats"), &json!("zoo"), &json!("RELEASE"))
    );
    for (query, found) in
        [("", 2), ("&api_name=DOG", 1), (&format!("&env_id={RELEASE}&group_id={group}"), 2), ("&limit=1", 1)]
    {
        assert_eq!(apis("binded-apis", query).await.column("apis", "id").len(), found, "{query}");
    }
    assert_eq!(apis("unbinded-apis", "").await.body["total"], 0);
    assert_eq!(owner.get(&format!("throttles/{policy}")).await.body["bind_num"], 2);
    let of_api = owner.get(&format!("throttle-bindings/binded-throttles?api_id={cats}")).await;
    assert_eq!(of_api.column("throttles", "bind_id"), [binding.as_str()]);
    assert_eq!(of_api.column("throttles", "env_name"), ["RELEASE"]);

    assert_eq!(owner.delete(&format!("throttles/{policy}")).await.code(), "403 APIG.3451");
    owner.delete(&format!("throttle-bindings/{binding}")).await;
    assert_eq!(owner.delete(&format!("throttle-bindings/{binding}")).await.code(), "404 APIG.3012");
    assert_eq!(apis("unbinded-apis", "").await.column("apis", "name"), ["cats"]);
}

#[tokio::test]
async fn another_policy_gives_way_and_is_named_where_it_is_bound() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("zoo").await;
    let (first, second) = (throttle(&world, "first").await, throttle(&world, "second").await);
    let (cats, online) = published(&world, &group, "cats").await;
    let bind = async |policy: &str| {
        owner.post("throttle-bindings", json!({ "strategy_id": policy, "publish_ids": [online] })).await
    };
    bind(&first).await;
    let others = owner.get(&format!("throttle-bindings/unbinded-apis?throttle_id={second}")).await;
    assert_eq!(others.column("apis", "throttle_name"), ["first"]);
    bind(&second).await;
    let of_api = owner.get(&format!("throttle-bindings/binded-throttles?api_id={cats}")).await;
    assert_eq!(of_api.column("throttles", "name"), ["second"]);
    assert_eq!(owner.get(&format!("throttles/{first}")).await.body["bind_num"], 0);
}

#[tokio::test]
async fn only_what_is_published_is_bound_and_offline_keeps_it() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("zoo").await;
    let policy = throttle(&world, "ten_a_minute").await;
    let (cats, online) = published(&world, &group, "cats").await;
    let bind = async |ids: Value| {
        owner.post("throttle-bindings", json!({ "strategy_id": policy, "publish_ids": ids })).await
    };
    assert_eq!(bind(json!([online, NOTHING])).await.code(), "404 APIG.3015");
    assert_eq!(bind(json!([])).await.code(), "400 APIG.2001");
    bind(json!([online])).await;
    let act = async |action: &str| {
        owner.post("apis/action", json!({ "action": action, "env_id": RELEASE, "api_id": cats })).await
    };
    act("offline").await;
    assert_eq!(bind(json!([online])).await.code(), "404 APIG.3015");
    assert_eq!(owner.get(&format!("throttles/{policy}")).await.body["bind_num"], 1);
    act("online").await;
    let bound = owner.get(&format!("throttle-bindings/binded-apis?throttle_id={policy}")).await;
    assert_eq!(bound.column("apis", "publish_id"), [online]);
}

#[tokio::test]
async fn several_are_unbound_each_with_its_result() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("zoo").await;
    let policy = throttle(&world, "ten_a_minute").await;
    let (_, cats) = published(&world, &group, "cats").await;
    let body = json!({ "strategy_id": policy, "publish_ids": [cats] });
    let binding = owner.post("throttle-bindings", body).await.text("/throttle_applys/0/id").to_owned();
    let gone = json!({ "throttle_bindings": [binding, NOTHING] });
    assert_eq!(owner.put("throttle-bindings?action=add", gone.clone()).await.code(), "400 APIG.2011");
    let done = owner.put("throttle-bindings?action=delete", gone).await;
    assert_eq!(done.body["success_count"], 1);
    assert_eq!(done.column("failure", "bind_id"), [NOTHING]);
    assert_eq!(done.column("failure", "error_code"), ["APIG.3012"]);
}
