//! Plug-ins, and where they are attached.

use insta::assert_snapshot;
use paifang_model::PolicyKind;
use serde_json::{Value, json};

use crate::support::{NOTHING, PROJECT, RELEASE, World, pets, published};

fn content() -> Value {
    json!({ "scope": "basic", "default_interval": 1, "default_time_unit": "minute", "api_limit": 10 })
}

fn plugin(name: &str, kind: &str, content: &Value) -> Value {
    json!({
        "plugin_name": name, "plugin_type": kind, "plugin_scope": "global", "plugin_content": content.to_string(),
    })
}

async fn made(world: &World, name: &str, kind: &str, content: &Value) -> String {
    world.clock.advance(1);
    let made = world.owner().post("plugins", plugin(name, kind, content)).await;
    made.text("/plugin_id").to_owned()
}

async fn limit(world: &World, name: &str) -> String {
    made(world, name, "rate_limit", &content()).await
}

#[tokio::test]
async fn a_plugin_is_made_shown_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let cors = json!({ "allow_origin": "*", "allow_methods": "GET,POST", "max_age": 600, "allow_credentials": false });
    let id = made(&world, "ten_a_minute", "rate_limit", &content()).await;
    made(&world, "everybody", "cors", &cors).await;
    let path = format!("plugins/{id}");
    let shown = owner.get(&path).await;
    assert_snapshot!(serde_json::to_string_pretty(&shown.body).unwrap().replace(&id, "ID"), @r#"
    {
      "plugin_id": "ID",
      "plugin_name": "ten_a_minute",
      "plugin_type": "rate_limit",
      "plugin_scope": "global",
      "plugin_content": "{\"scope\":\"basic\",\"default_interval\":1,\"default_time_unit\":\"minute\",\"api_limit\":10}",
      "remark": "",
      "create_time": "2026-01-01T00:00:00.001Z",
      "update_time": "2026-01-01T00:00:00.001Z"
    }
    "#);
    let list =
        async |query: &str| owner.get(&format!("plugins{query}")).await.column("plugins", "plugin_name");
    assert_eq!(list("").await, ["ten_a_minute", "everybody"]);
    assert_eq!(list("?plugin_type=cors").await, ["everybody"]);
    assert_eq!(list("?plugin_type=breaker").await, [""; 0]);
    assert_eq!(list("?plugin_name=TEN").await, ["ten_a_minute"]);
    assert_eq!(list("?plugin_name=ten&precise_search=plugin_name").await, [""; 0]);
    let mut changed = plugin("twenty_a_minute", "rate_limit", &content());
    changed["remark"] = json!("for the shop");
    assert_eq!(owner.put(&path, changed).await.text("/remark"), "for the shop");
    let other_type = owner.put(&path, plugin("twenty_a_minute", "cors", &cors)).await.error();
    assert!(other_type.contains("the type of a plug-in stays"), "{other_type}");
    owner.delete(&path).await;
    assert_eq!(owner.delete(&path).await.code(), "404 APIG.3068");
}

/// The tenant of an app is named by its project: here, the one account.
#[tokio::test]
async fn a_special_user_may_be_named_by_the_project() {
    let world = World::new().await;
    let mut limited = content();
    limited["specials"] = json!([{ "type": "user", "policies": [{ "key": PROJECT, "limit": 3 }] }]);
    let id = made(&world, "ten_a_minute", "rate_limit", &limited).await;
    let shown = world.owner().get(&format!("plugins/{id}")).await;
    let kept: Value = serde_json::from_str(shown.text("/plugin_content")).unwrap();
    let throttle =
        json!({ "name": "as_many", "time_unit": "MINUTE", "time_interval": 1, "api_call_limits": 10 });
    let throttle = world.owner().post("throttles", throttle).await;
    let path = format!("throttles/{}/throttle-specials", throttle.id());
    let special = json!({ "object_type": "USER", "object_id": PROJECT, "call_limits": 3 });
    let account = world.owner().post(&path, special).await.text("/object_id").to_owned();
    assert_eq!(kept["specials"][0]["policies"][0], json!({ "key": account, "limit": 3 }));
    limited["specials"][0]["policies"][0]["key"] = json!("0".repeat(30) + "77");
    let refused = world.owner().post("plugins", plugin("other", "rate_limit", &limited)).await;
    assert_eq!(refused.status, 400, "{}", refused.error());
}

#[tokio::test]
async fn what_is_wrong_is_told_with_the_vendors_codes() {
    let world = World::new().await;
    let owner = world.owner();
    let taken = limit(&world, "ten_a_minute").await;
    let mut wrong = content();
    wrong["app_limit"] = json!(11);
    wrong["rules"] = json!([{ "rule_name": "u8mb", "match_regex": "[\"Host\",\"==\",\"a\"]", "limit": 0 }]);
    let mut text = plugin("text", "cors", &json!({}));
    text["plugin_content"] = json!("allow_origin: '*'");
    let mut told = Vec::new();
    for body in [
        plugin("ten_a_minute", "cors", &json!({ "allow_origin": "*" })),
        plugin("breaker_1", "breaker", &json!({})),
        plugin("magic_1", "magic", &json!({})),
        plugin("with_rules", "rate_limit", &wrong),
        plugin("nothing", "rate_limit", &json!({})),
        text,
        json!({}),
    ] {
        told.push(owner.post("plugins", body).await.error().replace(&taken, "ID"));
    }
    assert_snapshot!(told.join("\n"));
    assert_eq!(owner.get(&format!("plugins/{NOTHING}")).await.code(), "404 APIG.3068");
}

#[tokio::test]
async fn a_plugin_is_attached_and_seen_from_both_sides() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("zoo").await;
    let (cats, _) = published(&world, &group, "cats").await;
    let (dogs, _) = published(&world, &group, "dogs").await;
    let (one, two) = (limit(&world, "one_a_minute").await, limit(&world, "two_a_minute").await);
    let attach = json!({ "env_id": RELEASE, "api_ids": [cats, cats] });
    let attached = owner.post(&format!("plugins/{one}/attach"), attach.clone()).await;
    assert_eq!(attached.column("attached_plugins", "api_name"), ["cats"]);
    let apis = async |plugin: &str, which: &str, query: &str| {
        owner
            .get(&format!("plugins/{plugin}/{which}-apis?env_id={RELEASE}{query}"))
            .await
            .column("apis", "api_name")
    };
    assert_eq!(apis(&one, "attached", "").await, ["cats"]);
    assert_eq!(apis(&one, "attachable", "").await, ["dogs"]);
    assert_eq!(apis(&one, "attachable", "&req_method=POST").await, [""; 0]);
    let attach_two = json!({ "env_id": RELEASE, "plugin_ids": [two] });
    owner.post(&format!("apis/{cats}/plugins/attach"), attach_two.clone()).await;
    let plugins = async |api: &str, which: &str| {
        owner
            .get(&format!("apis/{api}/{which}-plugins?env_id={RELEASE}"))
            .await
            .column("plugins", "plugin_name")
    };
    assert_eq!(plugins(&cats, "attached").await, ["two_a_minute"], "the latest of a type");
    assert_eq!(plugins(&cats, "attachable").await, ["one_a_minute"]);
    assert_eq!(plugins(&dogs, "attachable").await, ["one_a_minute", "two_a_minute"]);
    assert_eq!(owner.delete(&format!("plugins/{two}")).await.code(), "403 APIG.3462");
    assert_eq!(owner.put(&format!("plugins/{one}/detach"), attach).await.code(), "400 APIG.2011");
    owner.put(&format!("apis/{cats}/plugins/detach"), attach_two).await;
    assert_eq!(plugins(&cats, "attached").await, [""; 0]);
    owner.delete(&format!("plugins/{two}")).await;
}

#[tokio::test]
async fn only_what_is_published_takes_plugins() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("zoo").await;
    let draft = world.api(&group, pets()).await;
    let one = limit(&world, "one_a_minute").await;
    let attach = json!({ "env_id": RELEASE, "api_ids": [draft] });
    assert_eq!(owner.post(&format!("plugins/{one}/attach"), attach).await.code(), "409 APIG.3707");
    let nothing = json!({ "env_id": RELEASE, "api_ids": [] });
    assert!(owner.post(&format!("plugins/{one}/attach"), nothing).await.error().contains("1 to 500"));
    let unknown = json!({ "env_id": RELEASE, "plugin_ids": [one, NOTHING] });
    assert_eq!(owner.post(&format!("apis/{draft}/plugins/attach"), unknown).await.code(), "404 APIG.3068");
}

/// What is wrong is told with the names of the APIs.
#[tokio::test]
async fn pages_are_told_what_the_api_can_do() {
    let world = World::new().await;
    let group = world.group("zoo").await;
    let (cats, _) = published(&world, &group, "cats").await;
    let cors =
        made(&world, "writing", "cors", &json!({ "allow_origin": "*", "allow_methods": "POST" })).await;
    let attach = json!({ "env_id": RELEASE, "api_ids": [cats] });
    let refused = world.owner().post(&format!("plugins/{cors}/attach"), attach).await;
    assert_snapshot!(refused.error().replace(&cats, "CATS"), @"400 APIG.2011 Invalid parameter value,parameterName:api_ids. Please refer to the support documentation (api_ids: the api `CATS` has the method GET, and the policy allows pages POST)");
}

/// A plug-in and a throttling policy are two things, and each interface's lists show their own.
#[tokio::test]
async fn throttling_policies_are_no_plugins() {
    let world = World::new().await;
    let owner = world.owner();
    let throttle =
        json!({ "name": "gold", "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 });
    let throttle = owner.post("throttles", throttle).await.id();
    limit(&world, "gold").await;
    assert_eq!(owner.get("plugins").await.body["total"], 1);
    assert_eq!(owner.get("throttles").await.body["total"], 1);
    assert_eq!(owner.get(&format!("plugins/{throttle}")).await.code(), "404 APIG.3068");
    let filter = paifang_control::PolicyFilter { kind: Some(PolicyKind::RateLimit), ..Default::default() };
    let all = world.behind().await.list_policies(&filter, &paifang_control::Paging::default()).await.unwrap();
    assert_eq!(all.items.len(), 1);
}
