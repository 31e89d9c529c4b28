//! Parameters (spec: huawei/api-model.md §3, §6).

use paifang_model::definition::{Location, Parameter, ParameterType};
use paifang_testkit::{Backend, api};

use super::scene;

/// The example of the guide.
#[tokio::test]
async fn parameters_change_names_and_places() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let test01 = Parameter::new("test01", Location::Path);
    let test02 = Parameter::new("test02", Location::Header);
    let test03 = Parameter::new("test03", Location::Query);
    let api = api::get("/v1.0/{test01}").to(&backend).at("/v1.0/{test05}");
    let api = api.maps(test01, Location::Header, "test01").maps(test02, Location::Path, "test05");
    scene.publish(api.maps(test03, Location::Header, "test03"));
    let gateway = scene.start().await;
    gateway.get("/v1.0/abc?test03=xyz").header("test02", "def").send().await;
    insta::assert_snapshot!(backend.last().lines(), @r"
    GET /v1.0/def
    test01: abc
    test03: xyz
    x-forwarded-for: 127.0.0.1
    x-forwarded-proto: http
    x-real-ip: 127.0.0.1
    ");
}

#[tokio::test]
async fn what_was_not_declared_goes_through_and_what_was_does_not() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let dropped = Parameter::new("dropped", Location::Query);
    let passed = Parameter { pass_through: true, ..Parameter::new("passed", Location::Query) };
    scene.publish(api::get("/pets").to(&backend).takes(dropped).takes(passed));
    scene.start().await.get("/pets?dropped=1&passed=2&unknown=3").send().await;
    assert_eq!(backend.last().target, "/?passed=2&unknown=3");
}

#[tokio::test]
async fn a_missing_or_wrong_parameter_is_refused() {
    let mut scene = scene();
    let mut count = Parameter::new("count", Location::Query);
    count.kind = ParameterType::Double;
    count.required = true;
    count.maximum = Some("10".to_owned());
    scene.publish(api::get("/pets").takes(count));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets?count=9").send().await.status, 200);
    assert_eq!(gateway.get("/pets?COUNT=9").send().await.status, 200, "case does not count");
    for wrong in ["/pets", "/pets?count=11", "/pets?count=many"] {
        let verdict = gateway.get(wrong).send().await.verdict();
        assert_eq!(verdict, "400 APIG.0201 API request error.", "{wrong}");
    }
}

#[tokio::test]
async fn without_validation_only_presence_counts() {
    let mut scene = scene();
    let mut count = Parameter::new("count", Location::Query);
    count.kind = ParameterType::Double;
    count.required = true;
    count.validate = false;
    scene.publish(api::get("/pets").takes(count));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets?count=many").send().await.status, 200);
    assert_eq!(gateway.get("/pets").send().await.status, 400);
}

#[tokio::test]
async fn a_default_stands_in() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let lang = Parameter { default: Some("en".to_owned()), ..Parameter::new("lang", Location::Query) };
    scene.publish(api::get("/pets").to(&backend).maps(lang, Location::Query, "language"));
    scene.start().await.get("/pets").send().await;
    assert_eq!(backend.last().target, "/?language=en");
}

#[tokio::test]
async fn constants_and_facts_are_added() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let api = api::get("/pets").for_apps().to(&backend).constant(Location::Header, "x-by", "gateway");
    let api =
        api.constant(Location::Query, "by", "a b&c").system(Location::Header, "ip", "$context.sourceIp");
    let api = api.system(Location::Header, "stage", "$context.stage");
    let api = api.system(Location::Header, "api", "$context.apiId");
    let api = api.system(Location::Header, "app", "$context.appId");
    let api = api.system(Location::Header, "request", "$context.requestId");
    let api = api.system(Location::Header, "server", "$context.serverName");
    let api = api.system(Location::Header, "app-name", "$context.appName");
    let api = api.system(Location::Header, "nobody", "$context.providerAppId");
    let id = scene.publish(api);
    let caller = scene.app("caller");
    scene.grant(&caller, id);
    let answer = caller.sign_sdk(scene.start().await.get("/pets")).send().await;
    let received = backend.last();
    assert_eq!(received.target, "/?by=a%20b%26c");
    let facts = ["x-by", "ip", "stage", "server", "app-name", "nobody"].map(|name| received.header(name));
    assert_eq!(facts, ["gateway", "127.0.0.1", "RELEASE", "paifang", "caller", ""]);
    assert_eq!(received.header("api"), id.to_string());
    assert_eq!(received.header("app"), caller.app.to_string());
    assert_eq!(received.header("request"), answer.header("x-request-id"));
    assert!(!received.headers.contains_key("nobody"));
}

#[tokio::test]
async fn values_are_encoded_where_they_stand() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let value = Parameter { required: true, ..Parameter::new("v", Location::Header) };
    let api = api::get("/pets").to(&backend).at("/p/{seg}").maps(value, Location::Path, "seg");
    scene.publish(api);
    let gateway = scene.start().await;
    gateway.get("/pets").header("v", "[apig]/a?b#c").send().await;
    assert_eq!(backend.last().target, "/p/%5Bapig%5D%2Fa%3Fb%23c");
}

#[tokio::test]
async fn a_constant_host_replaces_the_backends_own() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    scene.publish(api::get("/pets").to(&backend).constant(Location::Header, "Host", "inside.example.com"));
    scene.start().await.get("/pets").send().await;
    assert_eq!(backend.last().header("host"), "inside.example.com");
}
