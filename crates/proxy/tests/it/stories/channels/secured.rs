//! TLS towards members and accesses, and addresses of every form.

use std::net::Ipv6Addr;

use paifang_model::definition::{Backend as Answers, Destination, HttpBackend, Scheme};
use paifang_model::id::ChannelId;
use paifang_model::{BackendAccess, Channel, Dialect, Member};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::api::Api;
use paifang_testkit::{Backend, Scene, TestGateway, api};

use super::{access, by_access, channel, through};

/// To a channel's members over TLS.
pub(super) fn over_tls(api: Api, channel: ChannelId) -> Api {
    api.with(|api| {
        let mut backend = HttpBackend::at("http://unused");
        backend.to = Destination::Channel { channel, scheme: Scheme::Https };
        api.backend = Answers::Http(backend);
    })
}

/// Without a look at certificates: the fake backends sign their own.
fn unverified(api: Api) -> Api {
    api.http(|backend| backend.verify_certificate = false)
}

async fn serving(api: Api, document: Document) -> TestGateway {
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(api);
    scene.put(document);
    scene.start().await
}

/// The host that a backend was told, and the name that its TLS was asked for.
fn told(backend: &Backend) -> (String, Option<String>) {
    let last = backend.last();
    (last.header("host"), last.server_name)
}

/// TLS asks for the member, whatever host it is told.
#[tokio::test]
async fn members_are_called_over_tls() {
    let secured = Backend::tls().await;
    let mut channel = channel(&[(&secured, 1)]);
    let gateway =
        serving(unverified(over_tls(api::get("/pets"), channel.id)), Document::Channel(channel.clone()))
            .await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(
        told(&secured),
        ("api.example.com".to_owned(), None),
        "no name is asked for where there is an address"
    );
    channel.members[0].host = "localhost".to_owned();
    channel.host = Some("inside.example.com".to_owned());
    gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(told(&secured), ("inside.example.com".to_owned(), Some("localhost".to_owned())));
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_is_refused_unless_it_is_not_looked_at() {
    let secured = Backend::tls().await;
    let mut channel = channel(&[(&secured, 1)]);
    channel.members[0].host = "localhost".to_owned();
    let gateway = serving(over_tls(api::get("/pets"), channel.id), Document::Channel(channel)).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "502 APIG.0201 Backend unavailable.");
    assert_eq!(secured.received().len(), 0);
}

#[tokio::test]
async fn accesses_are_called_over_tls() {
    let secured = Backend::tls().await;
    let mut way = BackendAccess { scheme: Scheme::Https, ..access(&secured) };
    let api = unverified(by_access(api::get("/pets"), way.id));
    let gateway = serving(api, Document::BackendAccess(way.clone())).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    let here = format!("localhost:{}", secured.address().port());
    assert_eq!(told(&secured), (here, Some("localhost".to_owned())));
    way.host = Some("inside.example.com".to_owned());
    gateway.change(vec![Change::Put(Document::BackendAccess(way))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(told(&secured), ("inside.example.com".to_owned(), Some("localhost".to_owned())));
}

/// Spec: aliyun/management-api.md, "VPC access": an instance may be an address.
#[tokio::test]
async fn an_instance_may_be_an_ipv6_address() {
    let backend = Backend::echo_at(Ipv6Addr::LOCALHOST.into()).await;
    let way = BackendAccess { instance: "::1".to_owned(), address: None, ..access(&backend) };
    let gateway = serving(by_access(api::get("/pets"), way.id), Document::BackendAccess(way)).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(backend.last().header("host"), format!("[::1]:{}", backend.address().port()));
}

#[tokio::test]
async fn a_member_may_be_an_ipv6_address_and_leave_its_port_to_the_channel() {
    let backend = Backend::echo_at(Ipv6Addr::LOCALHOST.into()).await;
    let channel =
        Channel { members: vec![Member::at("::1")], ..Channel::named("members", backend.address().port()) };
    assert_eq!(channel.members[0].port, 0);
    let gateway = serving(through(api::get("/pets"), channel.id), Document::Channel(channel)).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(backend.received().len(), 1);
}
