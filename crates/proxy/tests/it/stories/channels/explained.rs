//! What an explanation says of a call's way: the backend service, the access, the channel and its members by name.

use paifang_model::backend_service::ServiceKind;
use paifang_model::channel::Balance;
use paifang_model::id::BackendServiceId;
use paifang_model::{BackendService, Channel, Dialect, Member};
use paifang_proxy::channel::MemberState;
use paifang_proxy::config::{Change, Document};
use paifang_proxy::exchange::ClientScheme;
use paifang_proxy::{Explained, Trial};
use paifang_testkit::{Backend, Scene, TestGateway, api};
use paifang_wire::{Head, Method};

use super::{access, by_access, channel, check, through, until};

/// What is said of the backend, with names in the places of ports.
async fn told(gateway: &TestGateway, ports: &[(&Backend, &str)]) -> String {
    let mut head = Head::new(Method::GET, "/pets".parse().unwrap());
    head.headers.insert("host", "api.example.com".parse().unwrap());
    let (from, scheme) = ([127, 0, 0, 1].into(), ClientScheme::Http);
    let trial = Trial { head, body: bytes::Bytes::new(), from, scheme, aim: None };
    let Explained { decisions, .. } = gateway.gateway.explain(trial).await.unwrap();
    let told = decisions.into_iter().filter(|decision| decision.stage == "backend");
    let told: Vec<_> = told.map(|decision| decision.what.into_owned()).collect();
    ports.iter().fold(told.join("\n"), |told, (backend, name)| {
        told.replace(&backend.address().port().to_string(), name)
    })
}

async fn serving(dialect: Dialect, channel: &Channel) -> TestGateway {
    let mut scene = Scene::new(dialect);
    scene.publish(through(api::get("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    scene.start().await
}

#[tokio::test]
async fn a_channel_tells_who_was_picked_how_and_who_was_left_out() {
    let (absent, alive, bad, spare) =
        (Backend::absent().await, Backend::echo().await, super::failing().await, Backend::echo().await);
    let ports = [(&absent, "ABSENT"), (&alive, "ALIVE"), (&bad, "BAD"), (&spare, "SPARE")];
    let mut channel = channel(&[(&absent, 1), (&alive, 1), (&alive, 0), (&spare, 1)]);
    channel.members[2].host = "::1".to_owned();
    channel.members[3].backup = true;
    let gateway = serving(Dialect::Huawei, &channel).await;
    insta::assert_snapshot!(told(&gateway, &ports).await, @r"
    the channel `members` picks `127.0.0.1:ABSENT` in turn by weight; left out: `[::1]:ALIVE` (its weight is 0), `127.0.0.1:SPARE` (a backup)
    attempt 1 to 127.0.0.1:ABSENT
    no answer: connecting to the backend failed: Connection refused (os error 111)
    the channel `members` picks `127.0.0.1:ALIVE` in turn by weight; left out: `127.0.0.1:ABSENT` (tried already), `[::1]:ALIVE` (its weight is 0), `127.0.0.1:SPARE` (a backup)
    attempt 2 to 127.0.0.1:ALIVE
    answered 200 OK
    ");
    for _ in 0..6 {
        gateway.get("/pets").send().await;
    }
    until(
        &gateway,
        channel.id,
        &[MemberState::Ejected, MemberState::Healthy, MemberState::Healthy, MemberState::Healthy],
    )
    .await;
    insta::assert_snapshot!(told(&gateway, &ports).await, @r"
    the channel `members` picks `127.0.0.1:ALIVE` in turn by weight; left out: `127.0.0.1:ABSENT` (could not be reached: connecting to the backend failed: Connection refused (os error 111)), `[::1]:ALIVE` (its weight is 0), `127.0.0.1:SPARE` (a backup)
    attempt 1 to 127.0.0.1:ALIVE
    answered 200 OK
    ");

    channel.members = super::channel(&[(&bad, 1)]).members;
    channel.health = check(r#""protocol":"http","path":"/up","codes":"200""#);
    gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
    until(&gateway, channel.id, &[MemberState::Unhealthy]).await;
    insta::assert_snapshot!(told(&gateway, &ports).await, @"the channel `members` has nobody who takes calls; left out: `127.0.0.1:BAD` (unwell: answered 503, not 200)");
}

#[tokio::test]
async fn each_way_of_picking_has_its_words() {
    let alive = Backend::echo().await;
    let mut channel = channel(&[(&alive, 1)]);
    let gateway = serving(Dialect::Huawei, &channel).await;
    let mut lines = Vec::new();
    for balance in [Balance::WeightedLeastConnection, Balance::SourceHash, Balance::UriHash] {
        channel.balance = balance;
        gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
        lines.push(told(&gateway, &[(&alive, "ALIVE")]).await.lines().next().unwrap().to_owned());
    }
    channel.members = vec![Member { enabled: false, ..Member::at("10.0.0.1") }];
    gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
    lines.push(told(&gateway, &[]).await);
    gateway.change(vec![Change::Delete(paifang_model::Key::of::<Channel>(channel.id))]).await;
    lines.push(told(&gateway, &[]).await.replace(&channel.id.to_string(), "ID"));
    insta::assert_snapshot!(lines.join("\n"), @r"
    the channel `members` picks `127.0.0.1:ALIVE` as the one with the fewest calls under way for its weight
    the channel `members` picks `127.0.0.1:ALIVE` by the client's address
    the channel `members` picks `127.0.0.1:ALIVE` by the path
    the channel `members` has no members that are switched on
    the channel ID is not there
    ");
}

#[tokio::test]
async fn an_access_and_a_service_are_told_by_name() {
    let backend = Backend::echo().await;
    let way = access(&backend);
    let mut scene = Scene::new(Dialect::Alibaba);
    let service = BackendService {
        id: BackendServiceId::random(),
        name: "kennel".to_owned(),
        kind: ServiceKind::Access,
        description: String::new(),
        definitions: Vec::new(),
    };
    scene.publish_following(service.id, by_access(api::get("/pets"), way.id));
    scene.put(Document::BackendAccess(way));
    scene.put(Document::BackendService(service.clone()));
    let gateway = scene.start().await;
    insta::assert_snapshot!(told(&gateway, &[(&backend, "PORT")]).await, @r"
    the backend service `kennel` says where
    the backend access `inside` leads to `localhost:PORT`
    attempt 1 to 127.0.0.1:PORT
    answered 200 OK
    ");
    let renamed = BackendService { name: "stable".to_owned(), ..service };
    gateway.change(vec![Change::Put(Document::BackendService(renamed))]).await;
    let told = told(&gateway, &[]).await;
    assert!(told.starts_with("the backend service `stable` says where"), "{told}");
}
