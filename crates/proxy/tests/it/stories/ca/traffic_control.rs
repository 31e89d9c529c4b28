//! Traffic control (spec: aliyun/plugins.md §3.1). Where a period can be chosen it is a thousand days, so that no story
//! meets the end of one.

use paifang_model::definition::{Location, Parameter};
use paifang_model::id::AccountId;
use paifang_model::policy::TimeUnit;
use paifang_model::{Account, BoundQuota, Domain, DomainTls};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Call, Caller, TestGateway, api};
use serde_json::json;

use super::scene;

fn by(gateway: &TestGateway, caller: &Caller, path: &str) -> Call {
    caller.sign_ca(gateway.get(path))
}

/// How many of so many calls pass; all others are throttled.
async fn passed(times: usize, call: impl Fn() -> Call) -> usize {
    let mut passed = 0;
    for _ in 0..times {
        let answer = call().send().await;
        match answer.status {
            200 => passed += 1,
            _ => assert_eq!(answer.verdict(), "429 T429PR Throttled by PLUGIN Flow Control"),
        }
    }
    passed
}

#[tokio::test]
async fn apps_users_and_the_api_have_their_numbers() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let (seller, buyer) = (AccountId::random(), AccountId::random());
    for (id, number) in [(seller, 1001), (buyer, 1002)] {
        scene.put(Document::Account(Account { id, number, name: format!("account {number}") }));
    }
    let [one, two, three] = [seller, seller, buyer].map(|account| scene.app_of(account, "shop"));
    for caller in [&one, &two, &three] {
        scene.grant(caller, pets);
    }
    let data = json!({
        "unit": "DAY", "apiDefault": 8, "userDefault": 4, "appDefault": 3,
        "specials": [
            { "type": "APP", "policies": [{ "key": scene.number_of(&two), "value": 1 }] },
            { "type": "USER", "policies": [{ "key": "1002", "value": 7 }] },
        ],
    });
    scene.throttle(pets, data);
    let gateway = scene.start().await;
    assert_eq!(passed(5, || by(&gateway, &one, "/pets")).await, 3, "the app's");
    assert_eq!(passed(5, || by(&gateway, &two, "/pets")).await, 1, "an app's own; its user has no more");
    assert_eq!(passed(5, || by(&gateway, &three, "/pets")).await, 3, "the app's, though its user has seven");
    assert_eq!(by(&gateway, &one, "/pets").send().await.status, 429);
}

/// The data as one writes it in the vendor's console.
#[tokio::test]
async fn rules_go_by_what_calls_carry() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let data = r#"
scope: API
defaultLimit: 2
defaultPeriod: 1000
defaultTimeUnit: DAY
defaultRetryAfter: 7
parameters:
  user: "Query:user"
  plan: "Header:X-Plan"
  client: "XFF:-1"
rules:
  - name: byUser
    byParameters: "user,client"
    condition: "$plan != 'gold'"
    limit: 1
    period: 1000
    timeUnit: DAY
"#;
    scene.throttle(pets, json!(data));
    let gateway = scene.start().await;
    let call = |user: &str, client: &str, plan: &str| {
        let call = gateway
            .get(&format!("/pets?user={user}"))
            .header("x-forwarded-for", &format!("9.9.9.9, {client}"));
        call.header("x-plan", plan)
    };
    assert_eq!(passed(2, || call("a", "1.1.1.1", "tin")).await, 1);
    assert_eq!(passed(2, || call("%61", "1.1.1.1", "tin")).await, 0, "values are compared decoded");
    assert_eq!(passed(2, || call("a", "2.2.2.2", "tin")).await, 1);
    assert_eq!(passed(2, || call("b", "1.1.1.1", "tin")).await, 1);
    assert_eq!(passed(3, || call("a", "1.1.1.1", "gold")).await, 2, "the default takes what no rule counts");
    let without = gateway.get("/pets").send().await;
    assert_eq!(
        (without.status, without.header("retry-after").as_str()),
        (429, "7"),
        "without a user no rule counts"
    );
}

/// One client is counted as one, however its proxy writes it; and what a client writes before that hides nobody.
#[tokio::test]
async fn rules_go_by_the_address_in_x_forwarded_for() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let rule =
        json!({ "name": "each", "byParameters": "client", "limit": 1, "period": 1000, "timeUnit": "DAY" });
    scene.throttle(pets, json!({ "scope": "API", "parameters": { "client": "XFF:-1" }, "rules": [rule] }));
    let gateway = scene.start().await;
    let from = |value: &[u8]| {
        let mut call = gateway.get("/pets");
        call.headers.insert("x-forwarded-for", http::HeaderValue::from_bytes(value).unwrap());
        call
    };
    for (value, expected) in [
        (&b"1.1.1.1"[..], 1),
        (b"1.1.1.1:4711", 0),
        (b"\xff, 1.1.1.1", 0),
        (b"2001:db8::1", 1),
        (b"[2001:DB8:0::1]", 0),
        (b"[2001:db8::1]:4711", 0),
        (b"unknown", 1),
        (b"\xff", 1),
    ] {
        assert_eq!(passed(2, || from(value)).await, expected, "{value:?}");
    }
}

/// Another spelling of a path is no way around a rule.
#[tokio::test]
async fn rules_see_the_path_by_which_an_api_was_found() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let data = json!({
        "scope": "API", "defaultLimit": 9, "defaultPeriod": 1000, "defaultTimeUnit": "DAY",
        "parameters": { "path": "Path" },
        "rules": [{
            "name": "pets", "condition": "$path = '/pets'", "byParameters": "path",
            "limit": 1, "period": 1000, "timeUnit": "DAY",
        }],
    });
    scene.throttle(pets, data);
    let gateway = scene.start().await;
    assert_eq!(passed(2, || gateway.get("/pets")).await, 1);
    assert_eq!(passed(2, || gateway.get("/%70ets?any=thing")).await, 0);
}

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

#[tokio::test]
async fn a_second_is_a_bucket_and_waits_are_told() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.throttle(pets, json!({ "unit": "SECOND", "apiDefault": 1 }));
    let gateway = scene.start().await;
    let mut refused = None;
    for _ in 0..100 {
        let answer = gateway.get("/pets").send().await;
        if answer.status == 429 {
            refused = Some(answer.header("retry-after"));
            break;
        }
    }
    assert_eq!(refused.as_deref(), Some("1"));
}

#[tokio::test]
async fn a_call_whose_parameters_are_wrong_does_not_come_by_it() {
    let mut scene = scene();
    let mut kind = Parameter::new("kind", Location::Query);
    kind.required = true;
    let pets = scene.publish(api::get("/pets").takes(kind));
    scene.throttle(pets, json!({ "unit": "DAY", "apiDefault": 1 }));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 400);
    assert_eq!(gateway.get("/pets?kind=cat").send().await.status, 200);
    assert_eq!(gateway.get("/pets?kind=cat").send().await.status, 429);
}

/// A call takes its place in the group's rates, in the quota and in the policies' limits, or in none of them.
#[tokio::test]
async fn a_call_that_it_refuses_counts_nowhere() {
    let mut scene = scene();
    scene.number("alibaba.subdomain_calls_per_day", 5);
    let (pets, toys) =
        (scene.publish(api::get("/pets").for_apps()), scene.publish(api::get("/toys").for_apps()));
    let (shop, other) = (scene.app("shop"), scene.app("other"));
    for (caller, api) in [(&shop, pets), (&shop, toys), (&other, toys)] {
        scene.grant(caller, api);
    }
    let quota = scene.app_quota("gold", 3, TimeUnit::Day);
    scene.change_app(&shop, |app| app.quota = Some(BoundQuota { id: quota, since: 0 }));
    scene.throttle(pets, json!({ "unit": "DAY", "apiDefault": 1 }));
    let gateway = scene.start().await;
    let told = async |caller: &Caller, path| {
        caller.sign_ca(gateway.get(path).host("group.apis.test")).send().await.verdict()
    };
    assert_eq!(told(&shop, "/pets").await, "200 mock");
    for _ in 0..9 {
        assert_eq!(told(&shop, "/pets").await, "429 T429PR Throttled by PLUGIN Flow Control");
    }
    for _ in 0..2 {
        assert_eq!(told(&shop, "/toys").await, "200 mock", "three of its quota, three of the subdomain's");
    }
    for _ in 0..9 {
        let refused = told(&shop, "/toys").await;
        assert_eq!(refused, "429 T429MR Too Many Requests, throttle by app quota");
    }
    for _ in 0..2 {
        assert_eq!(told(&other, "/toys").await, "200 mock", "what the quota refuses counts nowhere either");
    }
    assert!(told(&other, "/toys").await.starts_with("429 T429ID "));
}

/// Whoever proves nothing has nothing given back, or could try without end.
#[tokio::test]
async fn a_call_that_is_refused_for_another_reason_counts_in_what_it_came_by() {
    let mut scene = scene();
    scene.number("alibaba.subdomain_calls_per_day", 3);
    let pets = scene.publish(api::get("/pets").for_apps());
    scene.throttle(pets, json!({ "unit": "DAY", "apiDefault": 9 }));
    let gateway = scene.start().await;
    let unsigned = gateway.get("/pets").host("group.apis.test");
    for _ in 0..3 {
        assert_eq!(unsigned.send().await.status, 400);
    }
    assert!(unsigned.send().await.verdict().starts_with("429 T429ID "));
}
