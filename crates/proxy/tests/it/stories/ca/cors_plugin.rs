//! The plug-in `cors` (spec: aliyun/plugins.md §3.6).

use http::Method;
use paifang_model::PolicyKind;
use paifang_testkit::{Answer, Backend, Call, TestGateway, api};
use serde_json::{Value, json};

use super::scene;

const PAGE: &str = "https://www.example.com";

fn from(call: Call, origin: &str) -> Call {
    call.header("origin", origin)
}

fn preflight(gateway: &TestGateway, origin: &str) -> Call {
    let call = gateway.call(Method::OPTIONS, "/pets").header("access-control-request-method", "POST");
    from(call, origin)
}

/// What an answer tells pages of other origins.
fn told(answer: &Answer) -> String {
    let names =
        ["allow-origin", "allow-methods", "allow-headers", "expose-headers", "max-age", "allow-credentials"];
    let line = |name: &&str| {
        let value = answer.header(&format!("access-control-{name}"));
        (!value.is_empty()).then(|| format!("{name}: {value}"))
    };
    let vary =
        Some(answer.header("vary")).filter(|vary| !vary.is_empty()).map(|vary| format!("vary: {vary}"));
    let first = answer.status.to_string();
    std::iter::once(first).chain(names.iter().filter_map(line)).chain(vary).collect::<Vec<_>>().join("\n")
}

/// `/pets`, for apps alone.
async fn pets(data: Value) -> TestGateway {
    let mut scene = scene();
    let pets = scene.publish(api::post("/pets").for_apps());
    scene.policy(pets, PolicyKind::Cors, data);
    scene.start().await
}

/// The data as one writes it in the vendor's console.
const DATA: &str = r#"
allowOrigins: "www.example.com,https://shop.example.com:8443"
allowMethods: "GET,POST"
allowHeaders: "X-Ca-Key, Content-Type"
exposeHeaders: "X-Ca-Request-Id"
maxAge: 600
allowCredentials: true
"#;

#[tokio::test]
async fn a_preflight_is_answered_before_it_is_asked_who_calls() {
    let gateway = pets(json!(DATA)).await;
    insta::assert_snapshot!(told(&preflight(&gateway, PAGE).send().await), @r"
    200
    allow-origin: https://www.example.com
    allow-methods: GET,POST
    allow-headers: X-Ca-Key,Content-Type
    expose-headers: X-Ca-Request-Id
    max-age: 600
    allow-credentials: true
    vary: Origin
    ");
    for (origin, admitted) in [
        ("http://www.example.com", true),
        ("https://WWW.example.com:9000", true),
        ("https://shop.example.com:8443", true),
        ("https://shop.example.com", false),
        ("https://example.com", false),
        ("https://www.example.com.evil.example", false),
        ("null", false),
    ] {
        let answer = preflight(&gateway, origin).send().await;
        let expected = if admitted {
            "200 ".to_owned()
        } else {
            format!("403 A403CO Cross origin resource forbidden {origin}")
        };
        assert_eq!(answer.verdict(), expected);
        assert_eq!(answer.header("access-control-allow-origin"), if admitted { origin } else { "" });
    }
}

#[tokio::test]
async fn a_page_that_may_call_may_read_the_answer() {
    let backend = Backend::answering(|_| {
        let answer = http::Response::builder().header("access-control-allow-origin", "https://else.example");
        answer.body(bytes::Bytes::new()).unwrap()
    })
    .await;
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").to(&backend));
    scene.policy(pets, PolicyKind::Cors, json!(DATA));
    let gateway = scene.start().await;
    insta::assert_snapshot!(told(&from(gateway.get("/pets"), PAGE).send().await), @r"
    200
    allow-origin: https://www.example.com
    expose-headers: X-Ca-Request-Id
    allow-credentials: true
    vary: Origin
    ");
    let other = from(gateway.get("/pets"), "https://else.example").send().await;
    assert_eq!(other.verdict(), "403 A403CO Cross origin resource forbidden https://else.example");
    assert_eq!(backend.received().len(), 1, "who may not call is not passed on");
    // No page of another origin.
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(
        from(gateway.get("/pets").host("api.example.com"), "http://API.example.com").send().await.status,
        200
    );
}

#[tokio::test]
async fn a_page_may_read_why_it_was_refused() {
    let gateway = pets(json!(DATA)).await;
    let refused = from(gateway.post("/pets", "{}"), PAGE).send().await;
    assert_eq!((refused.status, refused.header("access-control-allow-origin").as_str()), (400, PAGE));
}

#[tokio::test]
async fn all_pages_may_call_where_nothing_else_is_said() {
    let any = pets(json!({ "allowOrigins": "*" })).await;
    let answer = preflight(&any, PAGE).send().await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-methods"), "GET,POST,PUT,DELETE,HEAD,OPTIONS,PATCH");
    assert_eq!(
        (answer.header("access-control-max-age").as_str(), answer.header("vary").as_str()),
        ("172800", "")
    );
    let with_cookies = pets(json!({ "allowOrigins": "*", "allowCredentials": true })).await;
    let answer = preflight(&with_cookies, PAGE).send().await;
    assert_eq!(answer.header("access-control-allow-origin"), PAGE, "browsers take no `*` with credentials");
}
