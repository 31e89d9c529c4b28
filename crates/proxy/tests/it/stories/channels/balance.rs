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

/// Members of a channel, and how many in a hundred calls each is to take.
struct Shares {
    members: [Backend; 3],
    weights: [u16; 3],
    gateway: TestGateway,
    /// 10,000, and 100,000 in a soak.
    calls: usize,
}

impl Shares {
    async fn of(balance: Balance) -> Self {
        let members = [Backend::echo().await, Backend::echo().await, Backend::echo().await];
        let weights = [50, 30, 20];
        let mut channel =
            channel(&[(&members[0], weights[0]), (&members[1], weights[1]), (&members[2], weights[2])]);
        channel.balance = balance;
        Self { members, weights, gateway: start(channel).await, calls: soaked(10_000, 100_000) }
    }

    /// So many connections make the calls, each one after the other, to paths by number.
    async fn call(&self, connections: usize) {
        let one_after_the_other = async |(first, mut connection): (usize, Connection)| {
            for number in (first..self.calls).step_by(connections) {
                let call = self.gateway.get(&format!("/pets/{number}"));
                assert_eq!(connection.send(&call).await.status, 200);
            }
        };
        let connected = join_all((0..connections).map(|_| self.gateway.connect())).await;
        join_all(connected.into_iter().enumerate().map(one_after_the_other)).await;
    }

    /// Each member's part of the calls is within so many in a hundred of them.
    fn hold(&self, hundredths: usize) {
        for (member, weight) in self.members.iter().zip(self.weights) {
            let (taken, wanted) = (member.received().len(), self.calls / 100 * usize::from(weight));
            assert!(taken.abs_diff(wanted) <= self.calls / 100 * hundredths, "{taken} of {wanted}");
        }
    }
}

/// Whichever worker takes the calls.
#[tokio::test]
async fn shares_in_turn_hold_over_many_calls() {
    let shares = Shares::of(Balance::WeightedRoundRobin).await;
    shares.call(4).await;
    shares.hold(1);
}

/// Of calls one after the other, none of which finds another under way. Where many are under way, what is under way is shared
/// out by weight.
#[tokio::test]
async fn shares_by_what_is_under_way_hold_over_many_calls() {
    let shares = Shares::of(Balance::WeightedLeastConnection).await;
    shares.call(1).await;
    shares.hold(1);
}

/// Where each client's place falls is drawn by the members' addresses, which differ from run to run: a share of half is off by 1 %
/// of 10,000 clients now and then, by 3 % never.
#[tokio::test]
async fn shares_of_clients_hold_over_many_clients() {
    let shares = Shares::of(Balance::SourceHash).await;
    let clients = async |first: usize| {
        for number in (first..shares.calls).step_by(4) {
            let from = Ipv4Addr::from_bits(0x7f01_0000 + u32::try_from(number).unwrap());
            assert_eq!(shares.gateway.get("/pets/tom").from(from.into()).send().await.status, 200);
        }
    };
    join_all((0..4).map(clients)).await;
    shares.hold(3);
}

/// All members weigh the same there.
#[tokio::test]
async fn shares_of_paths_hold_over_many_paths() {
    let mut shares = Shares::of(Balance::UriHash).await;
    shares.call(4).await;
    shares.weights = [33, 33, 33];
    shares.hold(3);
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
