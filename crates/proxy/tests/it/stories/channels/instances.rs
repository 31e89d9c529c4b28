//! Backend instances: what names one follows its address.

use paifang_model::channel::Channel;
use paifang_model::id::BackendInstanceId;
use paifang_model::{BackendAccess, BackendInstance, Dialect, Key, Member};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Backend, Scene, api};

use super::{access, by_access, through};

fn instance(network: Option<&str>, address: &str) -> BackendInstance {
    BackendInstance {
        id: BackendInstanceId::random(),
        network: network.map(str::to_owned),
        instance: "i-1".to_owned(),
        name: None,
        address: address.to_owned(),
        description: String::new(),
    }
}

#[tokio::test]
async fn an_access_by_id_follows_the_inventory() {
    let backend = Backend::echo().await;
    let way = BackendAccess { address: None, ..access(&backend) };
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(by_access(api::get("/pets"), way.id));
    scene.put(Document::BackendAccess(way.clone()));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 504, "nobody knows the instance");

    let anywhere = instance(None, "localhost");
    gateway.change(vec![Change::Put(Document::BackendInstance(anywhere.clone()))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(backend.last().header("host"), format!("localhost:{}", backend.address().port()));

    let near = instance(Some("vpc-1"), "127.0.0.1");
    let far = instance(Some("vpc-2"), "192.0.2.1");
    let puts = [&near, &far].map(|one| Change::Put(Document::BackendInstance(one.clone())));
    gateway.change(puts.into()).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(backend.last().header("host"), backend.address().to_string());

    gateway.change(vec![Change::Delete(Key::of::<BackendInstance>(near.id))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert!(backend.last().header("host").starts_with("localhost:"));

    let own = BackendAccess { address: Some("127.0.0.1".to_owned()), ..way };
    gateway.change(vec![Change::Put(Document::BackendAccess(own))]).await;
    gateway.change(vec![Change::Put(Document::BackendInstance(anywhere))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(backend.last().header("host"), backend.address().to_string(), "its own address comes first");
}

#[tokio::test]
async fn a_member_by_id_follows_the_inventory() {
    let backend = Backend::echo().await;
    let server =
        Member { instance: Some("i-1".to_owned()), port: backend.address().port(), ..Member::at("") };
    let channel = Channel { members: vec![server], ..Channel::named("members", 80) };
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::get("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    let gateway = scene.start().await;
    assert_ne!(gateway.get("/pets").send().await.status, 200, "nobody knows the instance");
    assert!(gateway.gateway.channel_health(channel.id).unwrap().is_empty());

    let mut server = instance(Some("vpc-9"), "127.0.0.1");
    gateway.change(vec![Change::Put(Document::BackendInstance(server.clone()))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);

    // Nobody listens there.
    server.address = "127.0.0.2".to_owned();
    gateway.change(vec![Change::Put(Document::BackendInstance(server.clone()))]).await;
    assert_ne!(gateway.get("/pets").send().await.status, 200);
    server.address = "localhost".to_owned();
    gateway.change(vec![Change::Put(Document::BackendInstance(server))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
}
