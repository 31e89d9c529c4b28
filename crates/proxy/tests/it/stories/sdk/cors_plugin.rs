//! The plug-in `cors` (spec: huawei/plugins.md): the gateway answers preflights itself, and what pages of other origins are told
//! is left to their browsers.

use http::Method;
use paifang_model::PolicyKind;
use paifang_model::definition::{MatchMode, MethodRule};
use paifang_testkit::{Backend, Call, TestGateway, api};
use serde_json::json;

use super::scene;
use crate::stories::decisions;

const PAGE: &str = "https://www.example.com";

fn preflight(gateway: &TestGateway, path: &str, origin: &str) -> Call {
    let call = gateway.call(Method::OPTIONS, path).header("access-control-request-method", "GET");
    call.header("origin", origin)
}

#[tokio::test]
async fn preflights_of_an_api_that_has_it_are_answered() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.publish(api::get("/cats"));
    let content = json!({
        "allow_origin": "www.example.com", "allow_methods": "GET,POST", "allow_headers": "X-Token",
        "expose_headers": "X-Request-Id", "max_age": 600, "allow_credentials": true,
    });
    scene.policy(pets, PolicyKind::Cors, content);
    let gateway = scene.start().await;
    let answer = preflight(&gateway, "/pets", PAGE).send().await;
    let told = ["allow-origin", "allow-methods", "allow-headers", "max-age", "allow-credentials"]
        .map(|name| answer.header(&format!("access-control-{name}")));
    assert_eq!(answer.status, 200);
    assert_eq!(told, [PAGE, "GET,POST", "X-Token", "600", "true"]);
    let read = gateway.get("/pets").header("origin", PAGE).send().await;
    assert_eq!((read.status, read.header("access-control-allow-origin")), (200, PAGE.to_owned()));

    let stranger = preflight(&gateway, "/pets", "https://elsewhere.example.com").send().await;
    assert_eq!((stranger.status, stranger.header("access-control-allow-origin")), (200, String::new()));
    let read = gateway.get("/pets").header("origin", "https://elsewhere.example.com").send().await;
    assert_eq!((read.status, read.header("access-control-allow-origin")), (200, String::new()));
    assert_eq!(preflight(&gateway, "/cats", PAGE).send().await.status, 404, "it has no plug-in");
}

/// A backend that is open to all pages, and says more than one `Vary`.
async fn open_backend(vary: &'static str) -> Backend {
    Backend::answering(move |_| {
        let answer = http::Response::builder().header("access-control-allow-origin", "*");
        let answer = answer.header("access-control-allow-methods", "DELETE").header("vary", vary);
        answer.body(bytes::Bytes::new()).unwrap()
    })
    .await
}

/// The names that an answer says it varies by, and what it tells pages.
async fn told(call: Call) -> [String; 3] {
    let answer = call.send().await;
    assert_eq!(answer.status, 200);
    let vary = answer.headers.get_all("vary").iter().map(|value| value.to_str().unwrap());
    let allowed = ["origin", "methods"].map(|name| answer.header(&format!("access-control-allow-{name}")));
    let [origin, methods] = allowed;
    [vary.collect::<Vec<_>>().join(", "), origin, methods]
}

/// Or else the page of a stranger reads the answer because the backend lets everybody, or because a cache had it from another.
#[tokio::test]
async fn the_plugin_speaks_in_place_of_the_backend_also_to_strangers() {
    for (vary, expected) in [("Accept", "Accept, Origin"), ("Accept, origin", "Accept, origin"), ("*", "*")] {
        let backend = open_backend(vary).await;
        let mut scene = scene();
        let pets = scene.publish(api::get("/pets").to(&backend));
        scene.policy(pets, PolicyKind::Cors, json!({ "allow_origin": "www.example.com" }));
        let gateway = scene.start().await;
        let stranger = gateway.get("/pets").header("origin", "https://elsewhere.example.com");
        assert_eq!(told(stranger).await, [expected, "", ""]);
        assert_eq!(told(gateway.get("/pets")).await, [expected, "", ""], "from no page");
        let page = gateway.get("/pets").header("origin", PAGE);
        assert_eq!(told(page).await, [expected, PAGE, "DELETE"]);
    }
}

#[tokio::test]
async fn who_lets_all_pages_in_tells_all_the_same() {
    let backend = open_backend("Accept").await;
    let mut scene = scene();
    let (any, with_cookies) =
        (scene.publish(api::get("/any").to(&backend)), scene.publish(api::get("/with-cookies").to(&backend)));
    scene.policy(any, PolicyKind::Cors, json!({ "allow_origin": "*" }));
    scene.policy(with_cookies, PolicyKind::Cors, json!({ "allow_origin": "*", "allow_credentials": true }));
    let gateway = scene.start().await;
    for call in [gateway.get("/any"), gateway.get("/any").header("origin", PAGE)] {
        assert_eq!(told(call).await, ["Accept", "*", "DELETE"]);
    }
    assert_eq!(told(gateway.get("/with-cookies")).await, ["Accept, Origin", "", ""]);
    let page = gateway.get("/with-cookies").header("origin", PAGE);
    assert_eq!(told(page).await, ["Accept, Origin", PAGE, "DELETE"]);
}

/// A preflight has its answer from whichever address it comes: what the page asks for afterwards is judged.
#[tokio::test]
async fn a_preflight_is_answered_before_addresses_are_judged() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.policy(pets, PolicyKind::Cors, json!({ "allow_origin": "www.example.com" }));
    scene.policy(pets, PolicyKind::AddressList, json!({ "acl_type": "PERMIT", "acl_value": "192.0.2.1" }));
    let gateway = scene.start().await;
    let answer = preflight(&gateway, "/pets", PAGE).send().await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, PAGE.to_owned()));
    assert!(gateway.get("/pets").header("origin", PAGE).send().await.verdict().starts_with("403 APIG.0402"));
}

/// An API with OPTIONS is for what says nothing for itself, unless it is one of this very path.
#[tokio::test]
async fn the_more_specific_path_answers() {
    let options = |path: &str, match_mode: MatchMode| {
        let api = api::api(MethodRule::Options, path).mock(200, "options");
        api.with(|api| (api.request.cors, api.request.match_mode) = (true, match_mode))
    };
    let mut scene = scene();
    scene.publish(options("/", MatchMode::Prefix));
    scene.publish(options("/pets/food", MatchMode::Exact));
    scene.publish(options("/dogs", MatchMode::Prefix));
    scene.publish(api::any("/any").with(|api| api.request.match_mode = MatchMode::Prefix));
    let in_mode = |path: &str, mode| api::get(path).with(|api| api.request.match_mode = mode);
    for api in [
        in_mode("/pets", MatchMode::Exact),
        in_mode("/pets", MatchMode::Prefix),
        in_mode("/dogs", MatchMode::Exact),
        in_mode("/any/thing", MatchMode::Exact),
    ] {
        let id = scene.publish(api);
        scene.policy(id, PolicyKind::Cors, json!({ "allow_origin": "www.example.com" }));
    }
    scene.publish(api::get("/cats"));
    let gateway = scene.start().await;
    let by_plugin = ("".to_owned(), PAGE.to_owned());
    let by_api = ("options".to_owned(), "*".to_owned());
    for (path, expected) in [
        ("/pets", &by_plugin),
        ("/pets/1", &by_plugin),
        ("/any/thing", &by_plugin),
        ("/pets/food", &by_api),
        ("/dogs", &by_api),
        ("/cats", &by_api),
    ] {
        let answer = preflight(&gateway, path, PAGE).send().await;
        let told = (answer.text(), answer.header("access-control-allow-origin"));
        assert_eq!((answer.status, &told), (200, expected), "{path}");
    }
}

#[tokio::test]
async fn an_explanation_names_the_policy() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let policy = scene.policy(pets, PolicyKind::Cors, json!({ "allow_origin": "www.example.com" }));
    let gateway = scene.start().await;
    let told = async |call: &Call| {
        let decisions = decisions(&gateway, call).await;
        decisions.into_iter().find(|decision| decision.starts_with("cors: "))
    };
    let name = |verdict: &str| Some(format!("cors: pages of {verdict} by the policy `{}`", policy.name));
    assert_eq!(told(&preflight(&gateway, "/pets", PAGE)).await, name(&format!("`{PAGE}` may call")));
    let elsewhere = gateway.get("/pets").header("origin", "https://elsewhere.example.com");
    assert_eq!(told(&elsewhere).await, name("`https://elsewhere.example.com` may not call"));
    assert_eq!(told(&gateway.get("/pets")).await, None, "it comes from no page");
}
