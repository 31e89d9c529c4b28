//! How many connections calls take.

use paifang_model::Dialect;
use paifang_model::definition::{Location, Parameter};
use paifang_model::id::ApiId;
use paifang_testkit::{Backend, Scene, api, deployment};

use super::serving;

#[tokio::test]
async fn calls_one_after_another_share_a_connection() {
    let backend = Backend::echo().await;
    let gateway = serving(Dialect::Alibaba, api::any("/pets").to(&backend)).await;
    for _ in 0..10 {
        gateway.get("/pets").send().await;
        gateway.post("/pets", "with a body").send().await;
    }
    assert_eq!((backend.received().len(), backend.connections()), (20, 1));
}

#[tokio::test]
async fn apis_and_groups_with_one_backend_share_its_connections() {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Huawei);
    for number in 0..5 {
        scene.publish(api::get(&format!("/pets{number}")).to(&backend));
    }
    let gateway = scene.start().await;
    for number in 0..5 {
        gateway.get(&format!("/pets{number}")).send().await;
    }
    assert_eq!(backend.connections(), 1);
}

#[tokio::test]
async fn publishing_closes_no_connection() {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Huawei);
    let (api, stage) = (ApiId::random(), scene.stage("RELEASE"));
    scene.publish_to(api, "RELEASE", api::get("/pets").to(&backend));
    let gateway = scene.start().await;
    gateway.get("/pets").send().await;
    for number in 2..5 {
        let next = api::get("/pets").to(&backend).at(&format!("/v{number}"));
        gateway.change(vec![deployment(&gateway.group, api, stage, number, next)]).await;
        gateway.get("/pets").send().await;
        assert_eq!(backend.last().target, format!("/v{number}"));
    }
    assert_eq!(backend.connections(), 1);
}

#[tokio::test]
async fn calls_at_once_take_a_connection_each_and_leave_them_for_later() {
    let backend = Backend::echo().await;
    let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend)).await;
    let call = gateway.get("/pets");
    futures_util::future::join_all((0..8).map(|_| call.send())).await;
    let at_once = backend.connections();
    assert!(at_once <= 8, "{at_once}");
    futures_util::future::join_all((0..at_once).map(|_| call.send())).await;
    assert_eq!(backend.connections(), at_once);
}

/// A client's connection serves calls one after another, also after refusals.
#[tokio::test]
async fn a_refusal_keeps_the_clients_connection() {
    let gateway = serving(Dialect::Alibaba, api::get("/pets")).await;
    let mut connection = gateway.connect().await;
    for _ in 0..3 {
        assert_eq!(connection.send(&gateway.get("/none")).await.status, 404);
        assert_eq!(connection.send(&gateway.get("/pets")).await.status, 200);
    }
}

/// Requests that came in one piece are answered in their order.
#[tokio::test]
async fn requests_sent_ahead_are_answered_in_order() {
    let backend = Backend::answering(|received| http::Response::new(received.target.clone().into())).await;
    let rest = Parameter::new("p", Location::Path);
    let api = api::any("/{p+}").to(&backend).at("/{p+}").maps(rest, Location::Path, "p");
    let gateway = serving(Dialect::Huawei, api).await;
    let mut client = gateway.raw().await;
    let request = |path: &str| format!("GET /{path} HTTP/1.1\r\nhost: api.example.com\r\n\r\n");
    client.say([request("one"), request("two"), request("last")].concat()).await;
    let heard = client.hear("/last").await;
    let order: Vec<_> = ["/one", "/two", "/last"].iter().map(|path| heard.find(path)).collect();
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{heard}");
}
