//! Which API a path finds, and which path the backend sees (spec: huawei/api-model.md §2, §5).

use http::Method;
use paifang_model::definition::{BackendMethod, Location, MatchMode, Parameter};
use paifang_testkit::api::Api;
use paifang_testkit::{Backend, TestGateway, api};

use super::scene;

/// A gateway whose APIs answer with their own path.
async fn naming(apis: &[(&str, MatchMode)]) -> TestGateway {
    let mut scene = scene();
    for (path, mode) in apis {
        scene.publish(takes_all(api::get(path)).mock(200, path).with(|api| api.request.match_mode = *mode));
    }
    scene.start().await
}

fn takes_all(api: Api) -> Api {
    let names: Vec<String> = api.0.request.path.parameters().map(str::to_owned).collect();
    names.into_iter().fold(api, |api, name| api.takes(Parameter::new(name, Location::Path)))
}

async fn found(gateway: &TestGateway, target: &str) -> String {
    let answer = gateway.get(target).send().await;
    if answer.status == 200 { answer.text() } else { answer.status.to_string() }
}

#[tokio::test]
async fn a_slash_at_the_end_makes_another_path() {
    let gateway = naming(&[("/test", MatchMode::Exact), ("/other/", MatchMode::Exact)]).await;
    assert_eq!(found(&gateway, "/test").await, "/test");
    assert_eq!(found(&gateway, "/test/").await, "404");
    assert_eq!(found(&gateway, "/other/").await, "/other/");
    assert_eq!(found(&gateway, "/other").await, "404");
}

#[tokio::test]
async fn case_counts() {
    let gateway = naming(&[("/test/AA", MatchMode::Exact)]).await;
    assert_eq!(found(&gateway, "/test/aa").await, "404");
}

#[tokio::test]
async fn a_prefix_ends_at_a_slash() {
    let gateway = naming(&[("/test/AA", MatchMode::Prefix)]).await;
    assert_eq!(found(&gateway, "/test/AA").await, "/test/AA");
    assert_eq!(found(&gateway, "/test/AA/CC").await, "/test/AA");
    assert_eq!(found(&gateway, "/test/AACC").await, "404");
}

#[tokio::test]
async fn what_says_more_comes_first() {
    let gateway = naming(&[
        ("/a/b", MatchMode::Exact),
        ("/a/b/", MatchMode::Prefix),
        ("/a/", MatchMode::Prefix),
        ("/a/{x}", MatchMode::Exact),
        ("/r/{x}", MatchMode::Exact),
        ("/r/{p+}", MatchMode::Exact),
    ])
    .await;
    for (target, expected) in [
        ("/a/b", "/a/b"),
        ("/a/c", "/a/{x}"),
        ("/a/b/c", "/a/b/"),
        ("/a/c/d", "/a/"),
        ("/r/one", "/r/{x}"),
        ("/r/one/two", "/r/{p+}"),
    ] {
        assert_eq!(found(&gateway, target).await, expected, "{target}");
    }
}

#[tokio::test]
async fn a_method_by_its_name_comes_before_any() {
    let mut scene = scene();
    scene.publish(api::any("/pets").mock(200, "any"));
    scene.publish(api::get("/pets").mock(200, "get"));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.text(), "get");
    assert_eq!(gateway.call(Method::PATCH, "/pets").send().await.text(), "any");
}

/// The target that the backend of an API sees.
async fn forwarded(api: Api, path: &str, called: &str) -> String {
    let backend = Backend::echo().await;
    let mut scene = scene();
    scene.publish(api.to(&backend).at(path));
    let answer = scene.start().await.get(called).send().await;
    if answer.status == 200 { backend.last().target } else { answer.verdict() }
}

fn prefix(path: &str) -> Api {
    api::get(path).with(|api| api.request.match_mode = MatchMode::Prefix)
}

#[tokio::test]
async fn what_follows_a_prefix_goes_on_to_the_backend() {
    assert_eq!(forwarded(prefix("/test/"), "/test2/", "/test/AA/CC").await, "/test2/AA/CC");
    assert_eq!(forwarded(prefix("/test"), "/test2", "/test/AA/CC").await, "/test2/AA/CC");
    assert_eq!(forwarded(prefix("/test"), "/test2", "/test").await, "/test2");
    assert_eq!(forwarded(prefix("/test/"), "/test2/", "/test/AA/").await, "/test2/AA/");
    assert_eq!(forwarded(prefix("/"), "/", "/any/thing?q=1").await, "/any/thing?q=1");
}

#[tokio::test]
async fn a_rest_keeps_its_slashes() {
    let rest = || api::get("/a/{b+}").maps(Parameter::new("b", Location::Path), Location::Path, "rest");
    assert_eq!(forwarded(rest(), "/x/{rest}", "/a/one/two").await, "/x/one%2Ftwo");
    assert_eq!(forwarded(rest(), "/x/{rest+}", "/a/one/two").await, "/x/one/two");
    assert!(forwarded(rest(), "/x/{rest+}", "/a/").await.starts_with("404"));
}

#[tokio::test]
async fn a_path_is_decoded_before_it_is_matched() {
    assert_eq!(forwarded(api::get("/aa/aa"), "/aa/aa", "/aa%2Faa").await, "/aa/aa");
    assert_eq!(forwarded(prefix("/p"), "/p", "/p/%E4%BD%A0/a%20b").await, "/p/%E4%BD%A0/a%20b");
}

#[tokio::test]
async fn a_path_that_climbs_is_refused() {
    for climbing in ["/p/../secret", "/p/%2e%2e/secret", "/p/%252e%252e/secret", "/p/a%00b", "/p/a%5Cb"] {
        let verdict = forwarded(prefix("/p"), "/p", climbing).await;
        assert_eq!(verdict, "400 APIG.0201 API request error.", "{climbing}");
    }
}

#[tokio::test]
async fn the_backend_method_replaces_the_callers_unless_it_is_any() {
    for (told, seen) in [(BackendMethod::Any, "DELETE"), (BackendMethod::Put, "PUT")] {
        let backend = Backend::echo().await;
        let mut scene = scene();
        scene.publish(api::any("/pets").to(&backend).calls_with(told));
        scene.start().await.call(Method::DELETE, "/pets").send().await;
        assert_eq!(backend.last().method, seen);
    }
}

#[tokio::test]
async fn any_accepts_every_method() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    scene.publish(api::any("/pets").to(&backend));
    let gateway = scene.start().await;
    for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"] {
        let method: Method = method.parse().unwrap();
        assert_eq!(gateway.call(method.clone(), "/pets").send().await.status, 200, "{method}");
        assert_eq!(backend.last().method, method.as_str());
    }
}
