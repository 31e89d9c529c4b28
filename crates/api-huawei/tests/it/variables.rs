//! Environment variables, and what they stand for in backends.

use insta::assert_snapshot;
use paifang_model::{Dialect, Stage};
use serde_json::{Value, json};

use crate::support::{NOTHING, RELEASE, Reply, World, pets};

/// An API at `#host##port#`.
fn templated() -> Value {
    let mut api = pets();
    api["backend_type"] = json!("HTTP");
    api["backend_api"] = json!({
        "url_domain": "#host##port#", "req_protocol": "HTTP", "req_method": "GET", "req_uri": "/#base#/pets",
        "timeout": 5000,
    });
    api
}

async fn create(world: &World, group: &str, env: &str, name: &str, value: &str) -> Reply {
    world.clock.advance(1);
    let body = json!({ "group_id": group, "env_id": env, "variable_name": name, "variable_value": value });
    world.owner().post("env-variables", body).await
}

#[tokio::test]
async fn a_variable_has_a_life() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let made = create(&world, &group, RELEASE, "host", "10.0.0.7").await;
    assert_eq!(made.status, 201);
    let (id, mut expected) = (made.id(), made.body.clone());
    assert_eq!((made.text("/group_id"), made.text("/env_id")), (group.as_str(), RELEASE));
    assert_eq!((made.text("/variable_name"), made.text("/variable_value")), ("host", "10.0.0.7"));
    let path = format!("env-variables/{id}");
    assert_eq!(owner.get(&path).await.body, made.body);
    let changed = owner.put(&path, json!({ "variable_value": "10.0.0.8" })).await;
    expected["variable_value"] = json!("10.0.0.8");
    assert_eq!((changed.status.as_u16(), &changed.body), (200, &expected));
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(
        owner.get(&path).await.error().replace(&id, "ID"),
        "404 APIG.3011 The environment variable does not exist,id:ID"
    );
    assert_eq!(owner.put(&path, json!({ "variable_value": "x" })).await.code(), "404 APIG.3011");
    assert_eq!(owner.delete(&path).await.code(), "404 APIG.3011");
}

#[tokio::test]
async fn variables_are_searched() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let test = owner.post("envs", json!({ "name": "test" })).await.id();
    create(&world, &group, RELEASE, "backend_host", "a").await;
    create(&world, &group, RELEASE, "backend", "b").await;
    create(&world, &group, &test, "backend_host", "c").await;
    let listed = async |query: &str| {
        let reply = owner.get(&format!("env-variables?group_id={group}{query}")).await;
        format!("{} {}", reply.body["total"], reply.column("variables", "variable_value").join(""))
    };
    assert_eq!(listed("").await, "3 abc");
    assert_eq!(listed(&format!("&env_id={RELEASE}")).await, "2 ab");
    assert_eq!(listed("&variable_name=HOST").await, "2 ac");
    assert_eq!(listed("&variable_name=backend").await, "3 abc");
    assert_eq!(listed("&variable_name=backend&precise_search=variable_name").await, "1 b");
    assert_eq!(listed(&format!("&env_id={test}&limit=1&offset=0")).await, "1 c");
    assert_eq!(listed("&limit=1&offset=1").await, "3 b");
    assert_snapshot!(owner.get("env-variables").await.error(), @"400 APIG.2001 The request parameters must be specified,parameterName:group_id. Please refer to the support documentation (group_id: it is missing)");
    assert_eq!(owner.get(&format!("env-variables?group_id={NOTHING}")).await.code(), "404 APIG.3001");
    let nowhere = format!("env-variables?group_id={group}&env_id={NOTHING}");
    assert_eq!(owner.get(&nowhere).await.code(), "404 APIG.3003");
}

#[tokio::test]
async fn rules_are_told_in_the_vendors_codes() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    create(&world, &group, RELEASE, "host", "a").await;
    let told = async |name, value| create(&world, &group, RELEASE, name, value).await.error();
    let taken = told("host", "b").await;
    let sentence =
        "400 APIG.3303 The environment variable already exists (variable_name: `host` is taken by variable/";
    assert!(taken.starts_with(sentence), "{taken}");
    assert_snapshot!(told("1st", "a b").await, @"400 APIG.2012 Invalid parameter value,parameterName:variable_name. Please refer to the support documentation (variable_name: `1st` must start with one of: letters; variable_value: `a b` contains ' ', but only these are allowed: letters, digits, `_-/.:`)");
    assert_snapshot!(told("named", "").await, @"400 APIG.2011 Invalid parameter value,parameterName:variable_value. Please refer to the support documentation (variable_value: `` has 0 characters, but 1 to 255 are allowed)");
    assert_snapshot!(owner.post("env-variables", json!({})).await.error(), @"400 APIG.2001 The request parameters must be specified,parameterName:group_id. Please refer to the support documentation (group_id: it is missing; env_id: it is missing; variable_name: it is missing; variable_value: it is missing)");
    assert_eq!(create(&world, NOTHING, RELEASE, "host", "a").await.code(), "404 APIG.3001");
    assert_eq!(create(&world, &group, NOTHING, "host", "a").await.code(), "404 APIG.3003");
}

#[tokio::test]
async fn variables_of_the_other_dialect_do_not_exist() {
    let world = World::new().await;
    let behind = world.behind().await;
    let draft = paifang_control::GroupDraft::new(Dialect::Alibaba, "other");
    let group = behind.create_group(draft).await.unwrap().value.id;
    let release = Stage::built_in_id(Dialect::Alibaba, "RELEASE");
    let draft = paifang_control::VariableDraft { name: "host".to_owned(), value: "a".to_owned() };
    let id = behind.create_variable(group, release, draft).await.unwrap().value.id;
    assert_eq!(world.owner().get(&format!("env-variables/{id}")).await.code(), "404 APIG.3011");
    assert_eq!(world.owner().delete(&format!("env-variables/{id}")).await.code(), "404 APIG.3011");
}

#[tokio::test]
async fn an_api_is_published_where_its_variables_have_values() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let api = world.api(&group, templated()).await;
    let shown = owner.get(&format!("apis/{api}")).await;
    assert_eq!(shown.text("/backend_api/url_domain"), "#host##port#");
    assert_eq!(shown.text("/backend_api/req_uri"), "/#base#/pets");
    let publish = json!({ "action": "online", "env_id": RELEASE, "api_id": api });
    assert_snapshot!(owner.post("apis/action", publish.clone()).await.error(), @"404 APIG.3011 The environment variable does not exist (backend_api.url_domain: the variable `host` has no value in the stage; backend_api.url_domain: the variable `port` has no value in the stage; backend_api.req_uri: the variable `base` has no value in the stage)");
    let host = create(&world, &group, RELEASE, "host", "10.0.0.7").await.id();
    create(&world, &group, RELEASE, "port", ":8080").await;
    create(&world, &group, RELEASE, "base", "v1").await;
    assert_eq!(owner.post("apis/action", publish).await.status, 201);
    assert_snapshot!(owner.delete(&format!("env-variables/{host}")).await.error().replace(&host, "ID"), @"403 APIG.1110 No permissions to perform operations on this environment variable,APIs that are published need it,id:ID");
    let wrong = owner.put(&format!("env-variables/{host}"), json!({ "variable_value": "a/b" })).await;
    assert_snapshot!(wrong.error(), @"400 APIG.2011 Invalid parameter value,parameterName:variable_value. Please refer to the support documentation (variable_value: the API `list_pets`, which is online, could not run: `http://a/b:8080` is not a backend address: the path stands in a field of its own, and no user is named)");
}

/// Spec: huawei/lifecycle.md, "Debugging".
#[tokio::test]
async fn an_api_with_variables_in_its_path_is_not_debugged() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let api = world.api(&group, templated()).await;
    let call = |mode: &str| json!({ "mode": mode, "scheme": "HTTP", "method": "GET", "path": "/pets" });
    let debug = format!("apis/debug/{api}");
    assert_snapshot!(owner.post(&debug, call("DEVELOPER")).await.error(), @"400 APIG.2030 Bad request for debugging the API,the backend's path holds the variable #base#");
    for (name, value) in [("host", "10.0.0.7"), ("port", ":80"), ("base", "v1")] {
        create(&world, &group, RELEASE, name, value).await;
    }
    world.publish(&api).await;
    let mut published = call("CONSUMER");
    published["app_key"] = json!("key");
    published["app_secret"] = json!("secret");
    assert_eq!(owner.post(&debug, published).await.code(), "400 APIG.2030");
}
