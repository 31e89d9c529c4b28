//! Rules of the plug-in `rate_limit` (spec: huawei/plugins.md): every one that holds counts.

use paifang_model::PolicyKind;
use paifang_testkit::api;
use serde_json::{Value, json};

use super::super::scene;
use super::passed;

fn content(scope: &str, rules: &Value) -> Value {
    json!({
        "scope": scope, "default_interval": 1000, "default_time_unit": "day", "api_limit": 100,
        "parameters": [
            { "type": "path", "name": "reqPath", "value": "reqPath" },
            { "type": "header", "name": "tenant", "value": "X-Tenant" },
            { "type": "query", "name": "size", "value": "size" },
            { "type": "method", "name": "method", "value": "method" },
        ],
        "rules": rules,
    })
}

#[tokio::test]
async fn a_rule_counts_the_calls_for_which_it_holds() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").mock(200, "a pet"));
    let rules = json!([
        { "rule_name": "gold", "match_regex": r#"["tenant","in","gold,platinum"]"#, "limit": 3 },
        { "rule_name": "large", "match_regex": r#"["AND",["size",">",10],["method","==","GET"]]"#, "limit": 1 },
    ]);
    scene.policy(pets, PolicyKind::RateLimit, content("basic", &rules));
    let gateway = scene.start().await;
    let (large, of) =
        (gateway.get("/pets?size=11"), |tenant: &str| gateway.get("/pets").header("x-tenant", tenant));
    assert_eq!(passed(&large, 2).await, 1);
    assert_eq!(passed(&of("gold"), 2).await, 2);
    assert_eq!(passed(&of("platinum"), 2).await, 1, "both are counted together");
    assert_eq!(passed(&gateway.get("/pets?size=10"), 5).await, 5, "no rule holds");
    let refused = large.send().await.verdict();
    assert!(refused.contains("limit:1,time:1000 day"), "{refused}");
}

/// A call that one rule refuses has no place in the others, nor in the limit of the API.
#[tokio::test]
async fn who_is_refused_is_counted_by_no_rule() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").mock(200, "a pet"));
    let rules = json!([
        { "rule_name": "all", "limit": 2 },
        { "rule_name": "gold", "match_regex": r#"["tenant","==","gold"]"#, "limit": 1 },
    ]);
    let mut content = content("basic", &rules);
    content["api_limit"] = json!(2);
    scene.policy(pets, PolicyKind::RateLimit, content);
    let gateway = scene.start().await;
    assert_eq!(passed(&gateway.get("/pets").header("x-tenant", "gold"), 9).await, 1);
    assert_eq!(passed(&gateway.get("/pets"), 9).await, 1);
}

#[tokio::test]
async fn what_is_shared_is_counted_over_all_apis() {
    let mut scene = scene();
    let apis = ["/pets", "/toys"].map(|path| scene.publish(api::get(path).mock(200, "one")));
    let rules =
        json!([{ "rule_name": "all", "match_regex": r#"["reqPath","~~","^/(pets|toys)$"]"#, "limit": 3 }]);
    let policy = scene.policy(apis[0], PolicyKind::RateLimit, content("share", &rules));
    scene.bind(&policy, apis[1]);
    let gateway = scene.start().await;
    assert_eq!(passed(&gateway.get("/pets"), 2).await, 2);
    assert_eq!(passed(&gateway.get("/toys"), 2).await, 1);
}
