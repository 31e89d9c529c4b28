//! How members are asked, and how they come back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use http::Response;
use paifang_model::channel::HealthCheck;
use paifang_model::{Channel, Dialect};
use paifang_proxy::channel::MemberState;
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Backend, Scene, TestGateway, Then, api};

use super::{channel, check, through, until};

async fn start(channel: &Channel) -> TestGateway {
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::get("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    scene.start().await
}

/// The answer is read to the end: that it has no body, and its status.
#[tokio::test]
async fn questions_go_over_tls_with_head_to_a_port_of_their_own() {
    let (member, side) = (Backend::echo().await, Backend::tls().await);
    let mut channel = channel(&[(&member, 1)]);
    let port = side.address().port();
    let settings = format!(r#""protocol":"https","method":"HEAD","path":"/up","port":{port},"codes":"204""#);
    channel.health = check(&settings);
    let gateway = start(&channel).await;
    until(&gateway, channel.id, &[MemberState::Unhealthy]).await;
    let reason = gateway.gateway.channel_health(channel.id).unwrap().remove(0).reason;
    assert_eq!(reason.as_deref(), Some("answered 200, not 204"));
    let asked = side.received().remove(0);
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("HEAD", "/up"));
    assert_eq!(member.connections(), 0);

    let health = channel.health.take().unwrap();
    channel.health = Some(HealthCheck { codes: Some("200".to_owned()), ..health });
    gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
    until(&gateway, channel.id, &[MemberState::Healthy]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
}

#[tokio::test]
async fn a_member_that_is_well_again_takes_calls_again() {
    let sick = Arc::new(AtomicBool::new(true));
    let state = Arc::clone(&sick);
    let backend = Backend::answering(move |request| {
        let is_sick = request.target == "/up" && state.load(Ordering::Relaxed);
        Response::builder().status(if is_sick { 503 } else { 200 }).body(Bytes::new()).unwrap()
    })
    .await;
    let mut channel = channel(&[(&backend, 1)]);
    channel.health = check(r#""protocol":"http","path":"/up","codes":"200""#);
    let gateway = start(&channel).await;
    until(&gateway, channel.id, &[MemberState::Unhealthy]).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "502 APIG.0610 No backend available.");
    sick.store(false, Ordering::Relaxed);
    until(&gateway, channel.id, &[MemberState::Healthy]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
}

/// Verdicts do not outlive the check that gave them.
#[tokio::test]
async fn without_a_check_nobody_is_unwell() {
    let backend = Backend::echo().await;
    let mut channel = channel(&[(&backend, 1)]);
    channel.health = check(r#""protocol":"http","path":"/up","codes":"204""#);
    let gateway = start(&channel).await;
    until(&gateway, channel.id, &[MemberState::Unhealthy]).await;
    channel.health = None;
    gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
}

/// Members that are asked every two seconds tell the time to those who are not: no test asserts one.
struct Clock {
    member: Backend,
    channel: Channel,
}

impl Clock {
    async fn new() -> Self {
        let member = Backend::echo().await;
        let mut channel = channel(&[(&member, 1)]);
        channel.name = "clock".to_owned();
        channel.health = check(r#""protocol":"http","path":"/tick","codes":"200""#);
        Self { member, channel }
    }

    /// A gateway before it and another channel.
    async fn beside(&self, channel: &Channel) -> TestGateway {
        let mut scene = Scene::new(Dialect::Huawei);
        scene.publish(through(api::get("/pets"), channel.id));
        scene.put(Document::Channel(self.channel.clone()));
        scene.put(Document::Channel(channel.clone()));
        scene.start().await
    }

    fn ticks(&self) -> usize {
        self.member.received().len()
    }
}

/// Spec: huawei/vpc-channels.md, "Health check". It is unwell after 5 s, when the clock has ticked at 0, 2 and 4 s, and asked
/// again after 10 s, when it has ticked at 6, 8 and 10 s too, or is about to.
#[tokio::test]
async fn what_a_check_does_not_say_is_asked_every_ten_seconds_and_answered_in_five() {
    let (silent, clock) = (Backend::sending(b"", Then::Stay).await, Clock::new().await);
    let mut channel = channel(&[(&silent, 1)]);
    channel.health = Some(
        serde_json::from_str(r#"{"protocol":"http","path":"/up","codes":"200","unhealthy_after":1}"#)
            .unwrap(),
    );
    let gateway = clock.beside(&channel).await;
    until(&gateway, channel.id, &[MemberState::Unhealthy]).await;
    assert!((2..=4).contains(&clock.ticks()), "{} ticks", clock.ticks());
    assert_eq!(silent.connections(), 1);
    while silent.connections() == 1 {
        tokio::task::yield_now().await;
    }
    assert!((5..=7).contains(&clock.ticks()), "{} ticks", clock.ticks());
}

#[tokio::test]
async fn a_check_that_is_switched_off_asks_nobody() {
    let (sick, clock) = (super::failing().await, Clock::new().await);
    let mut channel = channel(&[(&sick, 1)]);
    channel.health = check(r#""protocol":"http","path":"/up","codes":"200""#);
    let gateway = clock.beside(&channel).await;
    until(&gateway, channel.id, &[MemberState::Unhealthy]).await;
    channel.health.as_mut().unwrap().enabled = false;
    gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
    until(&gateway, channel.id, &[MemberState::Healthy]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 503, "its own answer: it takes calls");
    let asked = sick.received().len();
    clock.member.wait_for(clock.ticks() + 2).await;
    assert_eq!(sick.received().len(), asked);
}
