//! Rules that count by parts of the host that is called.

use paifang_model::{Domain, DomainTls};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::api;
use serde_json::json;

use super::{passed, scene};

/// Services share an API and have a number each, by the first label of the host that is called.
#[tokio::test]
async fn rules_go_by_parts_of_the_host_that_patterns_name() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.patterned_domain(
        "*.prd.example",
        &["{svc}-old.prd.example", "{svc}.prd.example", "{Other}.prd.example"],
    );
    scene.domain("own.prd.example", None);
    let data = json!({
        "scope": "API", "defaultLimit": 4, "defaultPeriod": 1000, "defaultTimeUnit": "DAY",
        "parameters": { "svc": "Host:svc" },
        "rules": [
            { "name": "pay", "condition": "$svc = 'pay'", "byParameters": "svc", "limit": 2, "period": 1000, "timeUnit": "DAY" },
            { "name": "each", "condition": "$svc != 'pay'", "byParameters": "svc", "limit": 1, "period": 1000, "timeUnit": "DAY" },
        ],
    });
    scene.throttle(pets, data);
    let gateway = scene.start().await;
    let at = |host: &'static str| {
        let gateway = &gateway;
        move || gateway.get("/pets").host(host)
    };
    assert_eq!(passed(2, at("pay.prd.example")).await, 2);
    assert_eq!(passed(1, at("PAY.prd.example:8080")).await, 0, "names of hosts have no case");
    assert_eq!(passed(1, at("pay-old.prd.example")).await, 0, "the first pattern that fits tells");
    assert_eq!(passed(2, at("ship.prd.example.")).await, 1);
    assert_eq!(passed(2, at("sell-old.prd.example")).await, 1);
    assert_eq!(passed(1, at("sell.prd.example")).await, 0);
    // Hosts without a part of that name: what no rule counts has the default.
    assert_eq!(passed(3, at("own.prd.example")).await, 3, "an exact domain has no patterns");
    assert_eq!(passed(3, at("api.example.com")).await, 1);
}

/// Patterns are in force at once, and go with the domain.
#[tokio::test]
async fn patterns_change_while_calls_are_served() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.domain("*.prd.example", None);
    let data = json!({
        "scope": "API", "defaultLimit": 9, "defaultPeriod": 1000, "defaultTimeUnit": "DAY",
        "parameters": { "svc": "Host:svc" },
        "rules": [{ "name": "svc", "byParameters": "svc", "limit": 1, "period": 1000, "timeUnit": "DAY" }],
    });
    scene.throttle(pets, data);
    let gateway = scene.start().await;
    let call = || gateway.get("/pets").host("pay.prd.example");
    assert_eq!(passed(2, call).await, 2);
    let host = "*.prd.example".to_owned();
    let domain = |patterns| Domain {
        id: Domain::id_of(&host),
        group: gateway.group.id,
        host: host.clone(),
        stage: None,
        tls: DomainTls::default(),
        patterns,
    };
    let to = |patterns| vec![Change::Put(Document::Domain(domain(patterns)))];
    gateway.change(to(vec!["{svc}.prd.example".to_owned()])).await;
    assert_eq!(passed(2, call).await, 1);
    gateway.change(to(Vec::new())).await;
    assert_eq!(passed(2, call).await, 2);
}
