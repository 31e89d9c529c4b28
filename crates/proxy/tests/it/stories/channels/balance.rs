//! How calls are shared out, through a whole gateway.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr};

use futures_util::future::join_all;
use paifang_model::channel::Balance;
use paifang_model::definition::MatchMode;
use paifang_model::{Channel, Dialect};
use paifang_proxy::config::Document;
use paifang_testkit::{Backend, Connection, Scene, TestGateway, api, soaked};

use super::{channel, through};

async fn start(channel: Channel) -> TestGateway {
    let mut scene = Scene::new(Dialect::Huawei);
    scene.workers = 2;
    let api = api::get("/pets").with(|api| api.request.match_mode = MatchMode::Prefix);
    scene.publish(through(api, channel.id));
    scene.put(Document::Channel(channel));
    scene.start().await
}

/// Each member's part of the calls is within 1 % of them, whichever worker takes them: 10,000 calls, 100,000 in a soak.
#[tokio::test]
async fn shares_hold_over_many_calls() {
    let members = [Backend::echo().await, Backend::echo().await, Backend::echo().await];
    let weights = [50, 30, 20];
    let channel = channel(&[(&members[0], weights[0]), (&members[1], weights[1]), (&members[2], weights[2])]);
    let gateway = start(channel).await;
    let calls = soaked(10_000, 100_000);
    let one_after_the_other = async |mut connection: Connection| {
        for _ in 0..calls / 4 {
            assert_eq!(connection.send(&gateway.get("/pets/tom")).await.status, 200);
        }
    };
    let connections = join_all((0..4).map(|_| gateway.connect())).await;
    join_all(connections.into_iter().map(one_after_the_other)).await;
    for (member, weight) in members.iter().zip(weights) {
        let (taken, wanted) = (member.received().len(), calls / 100 * usize::from(weight));
        assert!(taken.abs_diff(wanted) <= calls / 100, "{taken} of {wanted}");
    }
}

/// A member that has calls under way takes no others while another has fewer for its weight.
#[tokio::test]
async fn calls_go_where_the_fewest_are_under_way() {
    let ((busy, gate), idle) = (Backend::behind_a_gate().await, Backend::echo().await);
    let mut channel = channel(&[(&busy, 1), (&idle, 3)]);
    channel.balance = Balance::WeightedLeastConnection;
    let gateway = start(channel).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    let call = gateway.get("/pets");
    let long = tokio::spawn(async move { call.send().await.status });
    busy.wait_for(1).await;
    for _ in 0..20 {
        assert_eq!(gateway.get("/pets").send().await.status, 200);
    }
    assert_eq!((busy.received().len(), idle.received().len()), (1, 21));
    gate.open();
    assert_eq!(long.await.unwrap(), 200);
    while busy.received().len() == 1 {
        assert_eq!(gateway.get("/pets").send().await.status, 200);
    }
}

fn client(number: u8) -> IpAddr {
    Ipv4Addr::new(127, 0, 1, number).into()
}

/// The member that a call comes to.
async fn who_answers(gateway: &TestGateway, members: &[Backend], from: IpAddr, target: &str) -> usize {
    let before: Vec<_> = members.iter().map(|member| member.received().len()).collect();
    assert_eq!(gateway.get(target).from(from).send().await.status, 200);
    members.iter().zip(before).position(|(member, before)| member.received().len() > before).unwrap()
}

#[tokio::test]
async fn a_client_stays_with_its_member() {
    let members = [Backend::echo().await, Backend::echo().await, Backend::echo().await];
    let mut channel = channel(&[(&members[0], 1), (&members[1], 1), (&members[2], 1)]);
    channel.balance = Balance::SourceHash;
    let gateway = start(channel).await;
    let mut all = HashSet::new();
    for number in 0..30 {
        let member = who_answers(&gateway, &members, client(number), "/pets/tom").await;
        assert_eq!(who_answers(&gateway, &members, client(number), "/pets/kitty").await, member);
        all.insert(member);
    }
    assert_eq!(all.len(), 3, "clients are spread");
}

#[tokio::test]
async fn a_path_stays_with_its_member() {
    let members = [Backend::echo().await, Backend::echo().await, Backend::echo().await];
    let mut channel = channel(&[(&members[0], 1), (&members[1], 1), (&members[2], 1)]);
    channel.balance = Balance::UriHash;
    let gateway = start(channel).await;
    let mut all = HashSet::new();
    for number in 0..30 {
        let target = format!("/pets/{number}");
        let member = who_answers(&gateway, &members, client(1), &target).await;
        assert_eq!(who_answers(&gateway, &members, client(number), &format!("{target}?x=1")).await, member);
        all.insert(member);
    }
    assert_eq!(all.len(), 3, "paths are spread");
}
