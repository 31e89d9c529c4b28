//! One call through the pipeline, shown as raw texts.

use insta::assert_snapshot;
use paifang_api_huawei::{DebugCaller, DebugTarget};
use paifang_model::Secret;
use paifang_model::definition::{Backend, Destination, HttpBackend};
use serde_json::{Value, json};

use crate::support::{RELEASE, World, pets};

fn call() -> Value {
    json!({
        "mode": "DEVELOPER", "scheme": "HTTPS", "method": "GET", "path": "/pets",
        "query": { "city": ["shen zhen"] }, "header": { "X-My-City": ["shenzhen", "beijing"] },
    })
}

#[tokio::test]
async fn the_draft_is_debugged() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let api = world.api(&group, pets()).await;
    let reply = owner.post(&format!("apis/debug/{api}"), call()).await;
    assert_snapshot!(reply.text("/response").replace("\r\n", "|"), @"HTTP/1.1 200 OK|Content-Type: application/json||mock success");
    let sent = reply.text("/request").replace("\r\n", "|").replace(&group, "GROUP");
    assert_snapshot!(sent, @"GET /pets?city=shen%20zhen HTTP/1.1|x-my-city: shenzhen|x-my-city: beijing|host: GROUP.apis.localhost|user-agent: APIGatewayDebugClient/1.0|x-apig-mode: debug||");
    assert_eq!(reply.body["latency"], 7);
    let asked = world.debugger.last();
    assert!(matches!(asked.target, DebugTarget::Draft(_)));
    assert_eq!(asked.caller, DebugCaller::Owner);
    assert_eq!(asked.query, [("city".to_owned(), "shen zhen".to_owned())]);
}

#[tokio::test]
async fn what_is_published_is_debugged_by_an_app() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let api = world.api(&group, pets()).await;
    let mut asked = call();
    asked["mode"] = json!("CONSUMER");
    asked["app_key"] = json!("key");
    let path = format!("apis/debug/{api}");
    assert_eq!(owner.post(&path, asked.clone()).await.code(), "400 APIG.2001");
    asked["app_secret"] = json!("secret");
    assert_eq!(owner.post(&path, asked.clone()).await.code(), "404 APIG.3015");
    world.publish(&api).await;
    assert_eq!(owner.post(&path, asked.clone()).await.status, 200);
    let app = DebugCaller::App { key: "key".to_owned(), secret: Secret::new("secret") };
    assert_eq!(world.debugger.last().caller, app);
    asked["path"] = json!("/nowhere");
    assert_snapshot!(owner.post(&path, asked.clone()).await.error(), @"400 APIG.2030 Bad request for debugging the API,the gateway does not serve this API there: it serves nothing");
    asked["stage"] = json!("NOWHERE");
    assert_eq!(owner.post(&path, asked).await.code(), "404 APIG.3003");
    assert_snapshot!(owner.post(&path, json!({ "query": [1], "header": { "a b": [1] } })).await.error(), @"400 APIG.2001 The request parameters must be specified,parameterName:method. Please refer to the support documentation (method: it is missing; mode: it is missing; scheme: it is missing; path: it is missing; query: it is not an object; header: it is not a map from names to lists of strings)");
}

/// Only a path with variables cannot be debugged; an address has the values of the environment, published or not.
#[tokio::test]
async fn variables_of_the_address_have_the_values_of_the_environment() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let with = |path: &str| {
        let mut api = pets();
        (api["group_id"], api["backend_type"]) = (json!(group), json!("HTTP"));
        api["backend_api"] = json!({
            "url_domain": "#host##port#", "req_protocol": "HTTP", "req_method": "GET", "req_uri": path,
            "timeout": 5000,
        });
        api
    };
    let api = world.api(&group, with("/pets")).await;
    let path = format!("apis/debug/{api}");
    let refused = owner.post(&path, call()).await;
    assert_snapshot!(refused.error(), @"400 APIG.2030 Bad request for debugging the API,the variable `host` has no value in the stage; the variable `port` has no value in the stage");
    for (name, value) in [("host", "10.0.0.7"), ("port", ":8080")] {
        let body = json!({
            "group_id": group, "env_id": RELEASE, "variable_name": name, "variable_value": value,
        });
        assert_eq!(owner.post("env-variables", body).await.status, 201);
    }
    assert_eq!(owner.post(&path, call()).await.status, 200);
    let DebugTarget::Draft(draft) = world.debugger.last().target else { panic!("not the draft") };
    let Backend::Http(HttpBackend { to, .. }) = &draft.backend else { panic!("not over HTTP") };
    assert_eq!(*to, Destination::Address { url: "http://10.0.0.7:8080".to_owned() });
    let mut published = call();
    published["mode"] = json!("CONSUMER");
    world.publish(&api).await;
    assert_eq!(owner.post(&path, published.clone()).await.status, 200);
    assert!(matches!(world.debugger.last().target, DebugTarget::Stage(_)));

    assert_eq!(owner.put(&format!("apis/{api}"), with("/#base#/pets")).await.status, 200);
    assert_snapshot!(owner.post(&path, call()).await.error(), @"400 APIG.2030 Bad request for debugging the API,the backend's path holds the variable #base#");
    assert_eq!(owner.post(&path, published).await.status, 200, "what is published has no such path");
}
