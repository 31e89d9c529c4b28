//! App codes (spec: aliyun/calling.md §3).

use paifang_model::definition::{AppCodeMode, RequestMode};
use paifang_testkit::{Backend, Caller, TestGateway, api};

const MISSING: &str = "400 A400MA Need authorization, X-Ca-Key or Authorization APPCODE ... is required";

async fn pets(mode: AppCodeMode) -> (TestGateway, Caller) {
    let auth = super::authentication(mode, &[], false);
    super::pets_of(api::any("/pets").with(|api| api.auth = auth)).await
}

async fn by_header(gateway: &TestGateway, value: &str) -> String {
    gateway.get("/pets").header("authorization", value).send().await.verdict()
}

async fn by_query(gateway: &TestGateway, name: &str, code: &str) -> String {
    gateway.get(&format!("/pets?{name}={code}")).send().await.verdict()
}

#[tokio::test]
async fn a_code_in_the_header_is_enough() {
    let (gateway, app) = pets(AppCodeMode::Header).await;
    for word in ["APPCODE", "appcode", "AppCode"] {
        assert_eq!(by_header(&gateway, &format!("{word} {}", app.code)).await, "200 mock", "{word}");
    }
}

#[tokio::test]
async fn a_body_needs_no_content_type() {
    let (gateway, app) = pets(AppCodeMode::Header).await;
    let call = gateway.post("/pets", r#"{"name":"Tom"}"#);
    let answer = call.header("authorization", &format!("APPCODE {}", app.code)).send().await;
    assert_eq!(answer.verdict(), "200 mock");
}

#[tokio::test]
async fn a_code_in_the_query_counts_only_where_the_api_says_so() {
    let (gateway, app) = pets(AppCodeMode::HeaderOrQuery).await;
    assert_eq!(by_query(&gateway, "AppCode", &app.code).await, "200 mock");
    assert_eq!(by_query(&gateway, "appcode", &app.code).await, "200 mock");
    assert_eq!(by_header(&gateway, &format!("APPCODE {}", app.code)).await, "200 mock");
    let (gateway, app) = pets(AppCodeMode::Header).await;
    assert_eq!(by_query(&gateway, "AppCode", &app.code).await, MISSING);
}

#[tokio::test]
async fn where_codes_are_off_a_code_is_no_credential() {
    let (gateway, app) = pets(AppCodeMode::Disabled).await;
    assert_eq!(by_header(&gateway, &format!("APPCODE {}", app.code)).await, MISSING);
    assert_eq!(by_query(&gateway, "AppCode", &app.code).await, MISSING);
}

#[tokio::test]
async fn an_api_can_follow_its_group() {
    for (mode, expected) in [(AppCodeMode::Disabled, MISSING), (AppCodeMode::Header, "200 mock")] {
        let mut scene = super::scene();
        scene.group.app_code = mode;
        let auth = super::authentication(AppCodeMode::Inherit, &[], false);
        let pets = scene.publish(api::get("/pets").with(|api| api.auth = auth));
        let app = scene.app("caller");
        scene.grant(&app, pets);
        let gateway = scene.start().await;
        assert_eq!(by_header(&gateway, &format!("APPCODE {}", app.code)).await, expected, "{mode:?}");
    }
}

#[tokio::test]
async fn a_code_that_no_app_has_is_refused() {
    let (gateway, app) = pets(AppCodeMode::HeaderOrQuery).await;
    let refused = "400 A400AC Invalid AppCode `not exists`";
    assert_eq!(by_header(&gateway, "APPCODE nobody").await, refused);
    assert_eq!(by_query(&gateway, "AppCode", "nobody").await, refused);
    assert_eq!(by_header(&gateway, &format!("APPCODE {}", app.code.to_uppercase())).await, refused);
}

#[tokio::test]
async fn an_app_may_have_several_codes_and_keys() {
    let mut scene = super::scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let app = scene.app("caller");
    let second = app.further();
    scene.enroll(&second);
    scene.grant(&app, pets);
    let gateway = scene.start().await;
    for credentials in [&app, &second] {
        assert_eq!(by_header(&gateway, &format!("APPCODE {}", credentials.code)).await, "200 mock");
        let signed = credentials.sign_ca(gateway.get("/pets"));
        assert_eq!(signed.send().await.verdict(), "200 mock");
    }
}

#[tokio::test]
async fn beside_a_code_a_missing_or_wrong_signature_does_not_matter() {
    let (gateway, app) = pets(AppCodeMode::Header).await;
    let call = gateway.get("/pets").header("authorization", &format!("APPCODE {}", app.code));
    let call =
        call.header("x-ca-key", &app.key).header("x-ca-timestamp", "1").header("x-ca-stage", "RELEASE");
    assert_eq!(call.send().await.verdict(), "200 mock");
    assert_eq!(call.header("x-ca-signature", "bm8=").send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn a_code_does_not_travel_on() {
    for mode in [RequestMode::Mapping, RequestMode::MappingPassthrough] {
        let backend = Backend::echo().await;
        let (gateway, app) = super::pets_of(api::get("/pets").for_apps().mode(mode).to(&backend)).await;
        by_header(&gateway, &format!("APPCODE {}", app.code)).await;
        by_query(&gateway, "AppCode", &app.code).await;
        assert_eq!(backend.received().len(), 2);
        for received in backend.received() {
            assert!(!received.lines().contains(&app.code), "{mode:?}: {}", received.lines());
        }
    }
}

#[tokio::test]
async fn other_schemes_of_authorization_are_no_credential() {
    let (gateway, _) = pets(AppCodeMode::Header).await;
    for value in ["Basic dTpw", "APPCODE", "APPCODE ", "Bearer APPCODE x"] {
        assert_eq!(by_header(&gateway, value).await, MISSING, "{value}");
    }
}
