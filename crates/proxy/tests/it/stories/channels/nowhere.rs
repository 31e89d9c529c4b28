//! Members to which there is no way, and members that do not understand how one of several APIs speaks.

use std::net::SocketAddr;

use paifang_model::id::ChannelId;
use paifang_model::{Channel, Dialect, Member};
use paifang_proxy::channel::MemberState;
use paifang_proxy::config::Document;
use paifang_testkit::{Backend, Scene, TestGateway, api};

use super::secured::over_tls;
use super::{channel, through, until};

/// A gateway before a channel, at whose own address no backend may be.
async fn before(channel: &Channel, own: Option<SocketAddr>) -> TestGateway {
    let mut scene = Scene::new(Dialect::Huawei);
    scene.settings.own_addresses = own.into_iter().collect();
    scene.publish(through(api::post("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    scene.start().await
}

async fn statuses(gateway: &TestGateway, calls: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..calls {
        statuses.push(gateway.post("/pets", "a").send().await.status);
    }
    statuses
}

fn reason(gateway: &TestGateway, channel: ChannelId) -> Option<Box<str>> {
    gateway.gateway.channel_health(channel).unwrap().remove(0).reason
}

/// It is passed over as one that takes no connection is, and left out as that one is.
#[tokio::test]
async fn a_member_whose_name_is_not_known_costs_no_call() {
    let alive = Backend::echo().await;
    let mut channel = channel(&[(&alive, 1), (&alive, 1)]);
    channel.members[0].host = "name.invalid".to_owned();
    let gateway = before(&channel, None).await;
    assert_eq!(statuses(&gateway, 20).await, [200; 20]);
    assert_eq!(alive.received().len(), 20);
    until(&gateway, channel.id, &[MemberState::Ejected, MemberState::Healthy]).await;
    assert_eq!(reason(&gateway, channel.id).as_deref(), Some("the name `name.invalid` is not known"));
}

#[tokio::test]
async fn when_no_name_is_known_the_call_says_so() {
    let mut channel = channel(&[]);
    channel.members = ["one.invalid", "two.invalid"].map(Member::at).into();
    let gateway = before(&channel, None).await;
    for _ in 0..5 {
        let verdict = gateway.post("/pets", "a").send().await.verdict();
        assert_eq!(verdict, "500 APIG.0605 Domain name resolution failed.");
    }
}

#[tokio::test]
async fn a_member_where_no_backend_may_be_is_passed_over() {
    let (management, alive) = (Backend::echo().await, Backend::echo().await);
    let mut channel = channel(&[(&management, 1), (&alive, 1)]);
    let gateway = before(&channel, Some(management.address())).await;
    assert_eq!(statuses(&gateway, 20).await, [200; 20]);
    until(&gateway, channel.id, &[MemberState::Ejected, MemberState::Healthy]).await;
    let told = format!("no backend may be at {}", management.address());
    assert_eq!(reason(&gateway, channel.id).as_deref(), Some(&*told));

    channel.members.pop();
    let gateway = before(&channel, Some(management.address())).await;
    let verdict = gateway.post("/pets", "a").send().await.verdict();
    assert_eq!(verdict, "403 APIG.0404 Access to the backend IP address has been denied.");
    assert_eq!(management.connections(), 0);
}

/// One API that expects TLS where there is none, or another certificate, keeps no member from the others.
#[tokio::test]
async fn an_api_that_speaks_otherwise_costs_no_other_api_a_member() {
    let (plain, secured, alive) = (Backend::echo().await, Backend::tls().await, Backend::echo().await);
    let channel = channel(&[(&plain, 1), (&secured, 1), (&alive, 1)]);
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::post("/pets"), channel.id));
    scene.publish(over_tls(api::post("/wrong"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    let gateway = scene.start().await;
    for _ in 0..10 {
        let verdict = gateway.post("/wrong", "a").send().await.verdict();
        assert_eq!(verdict, "502 APIG.0201 Backend unavailable.");
    }
    for _ in 0..30 {
        gateway.post("/pets", "a").send().await;
    }
    let taken = [&plain, &alive].map(|member| member.received().len());
    assert_eq!(taken, [10, 10]);
    let health = gateway.gateway.channel_health(channel.id).unwrap();
    assert!(health.iter().all(|member| member.state == MemberState::Healthy), "{health:?}");
}
