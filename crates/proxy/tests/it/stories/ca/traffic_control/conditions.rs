//! What conditions of rules can look at.

use http::Method;
use paifang_model::definition::{Location, Parameter};
use paifang_testkit::{Call, TestGateway, api};
use serde_json::{Value, json};

use super::scene;

/// `/users/[userId]` with any method, and a rule that counts the calls for which a condition holds, each mark on its own.
async fn users(mut parameters: Value, condition: &str) -> TestGateway {
    let mut scene = scene();
    let mut kind = Parameter::new("kind", Location::Query);
    kind.default = Some("cat".to_owned());
    let id = Parameter::new("userId", Location::Path);
    let users = scene.publish(api::any("/users/[userId]").takes(id).takes(kind));
    parameters["mark"] = json!("Query:mark");
    let rule = json!({
        "name": "some", "byParameters": "mark", "condition": condition, "limit": 1, "period": 1000, "timeUnit": "DAY",
    });
    scene.throttle(users, json!({ "parameters": parameters, "rules": [rule] }));
    scene.start().await
}

/// Whether the rule counts a call: then a second one is too many.
async fn counts(call: &Call) -> bool {
    assert_eq!(call.send().await.status, 200);
    match call.send().await.status {
        200 => false,
        429 => true,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn rules_count_the_calls_for_which_a_condition_holds() {
    for (parameters, condition, counted, others) in [
        (
            json!({ "kind": "Parameter:kind" }),
            "$kind = 'cat'",
            &["/users/7?kind=cat", "/users/7?"][..],
            &["/users/7?kind=dog"][..],
        ),
        (
            json!({ "id": "path:userId" }),
            "$id < 10",
            &["/users/7?", "/users/%37?"],
            &["/users/11?", "/users/x?"],
        ),
        // The vendor's sample (spec: aliyun/plugins.md §3.9).
        (
            json!({ "userId": "Query:user", "pathUserId": "path:userId" }),
            "$userId = $pathUserId",
            &["/users/ann?user=ann", "/users/ann?user=%61nn"],
            &["/users/ann?user=bob", "/users/ann?"],
        ),
        (
            json!({ "id": "Parameter:userId" }),
            "$id like 'a%n' and $id !like '%x%'",
            &["/users/ann?", "/users/an?"],
            &["/users/axn?", "/users/bob?"],
        ),
        (
            json!({ "stage": "System:CaStage" }),
            "$stage = $CaStage and $CaStage = 'RELEASE'",
            &["/users/7?"],
            &[],
        ),
        (json!({}), "$CaClientIp in_cidr '127.0.0.0/8' and $CaAppId = null", &["/users/7?"], &[]),
        (json!({}), "$CaClientIp in_cidr '10.0.0.0/8' or $CaHttpSchema = 'HTTPS'", &[], &["/users/7?"]),
        (json!({ "gone": "Parameter:nothing" }), "$gone != null", &[], &["/users/7?"]),
    ] {
        let gateway = users(parameters, condition).await;
        let mut mark = 0;
        for (targets, holds) in [(counted, true), (others, false)] {
            for target in targets {
                mark += 1;
                let call = gateway.get(&format!("{target}&mark={mark}"));
                assert_eq!(counts(&call).await, holds, "{condition}: {target}");
            }
        }
    }
}

#[tokio::test]
async fn rules_go_by_the_method() {
    let gateway = users(json!({ "method": "Method" }), "$method = 'DELETE'").await;
    assert!(counts(&gateway.call(Method::DELETE, "/users/7?mark=1")).await);
    assert!(!counts(&gateway.get("/users/7?mark=2")).await);
}

#[tokio::test]
async fn rules_go_by_networks_of_whoever_a_proxy_names() {
    let gateway =
        users(json!({ "from": "XFF:-1" }), "$from in_cidr '2001:db8::/32' or $from !in_cidr '0.0.0.0/0'")
            .await;
    let from =
        |client: &str| gateway.get(&format!("/users/7?mark={client}")).header("x-forwarded-for", client);
    for (client, holds) in [("2001:db8::7", true), ("192.0.2.1", false), ("unknown", true)] {
        assert_eq!(counts(&from(client)).await, holds, "{client}");
    }
}
