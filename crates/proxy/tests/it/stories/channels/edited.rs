//! Channels that are edited all the time: by an autoscaler, by somebody at the console.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use paifang_model::{Channel, Dialect};
use paifang_proxy::channel::MemberState;
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Backend, Scene, TestGateway, Then, api};

use super::{channel, check, through};

/// How long a condition is waited for; it comes about in seconds.
const PATIENCE: Duration = Duration::from_secs(60);

async fn start(channel: &Channel) -> TestGateway {
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::get("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    scene.start().await
}

/// Edits a channel without a pause until a member of it is unwell.
async fn edit_until_unwell(gateway: &TestGateway, mut channel: Channel) {
    let editing = async {
        while gateway.gateway.channel_health(channel.id).unwrap()[0].state != MemberState::Unhealthy {
            channel.members[0].weight = 3 - channel.members[0].weight;
            gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
        }
    };
    tokio::time::timeout(PATIENCE, editing).await.expect("the member is found unwell");
}

#[tokio::test]
async fn members_are_asked_although_their_channel_is_edited_more_often() {
    let sick = Arc::new(AtomicBool::new(false));
    let state = Arc::clone(&sick);
    let backend = Backend::answering(move |_| {
        let status = if state.load(Ordering::Relaxed) { 503 } else { 200 };
        Response::builder().status(status).body(Bytes::new()).unwrap()
    })
    .await;
    let mut channel = channel(&[(&backend, 1)]);
    channel.health = check(r#""protocol":"http","path":"/up","codes":"200""#);
    let gateway = start(&channel).await;
    backend.wait_for(1).await;
    sick.store(true, Ordering::Relaxed);
    edit_until_unwell(&gateway, channel).await;
}

#[tokio::test]
async fn a_question_outlives_an_edit() {
    let silent = Backend::sending(b"", Then::Stay).await;
    let mut channel = channel(&[(&silent, 1)]);
    channel.health = check(r#""protocol":"http","path":"/up","codes":"200""#);
    let gateway = start(&channel).await;
    edit_until_unwell(&gateway, channel).await;
}

/// Who comes is asked at once, and who is there is not asked anew.
#[tokio::test]
async fn a_member_that_comes_is_asked_at_once() {
    let (old, new) = (Backend::echo().await, Backend::echo().await);
    let mut channel = channel(&[(&old, 1)]);
    channel.health = check(r#""protocol":"http","path":"/up","codes":"200""#)
        .map(|check| paifang_model::channel::HealthCheck { interval_s: 300, ..check });
    let gateway = start(&channel).await;
    old.wait_for(1).await;
    channel.members.extend(super::channel(&[(&new, 1)]).members);
    gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
    tokio::time::timeout(PATIENCE, new.wait_for(1)).await.expect("the new member is asked");
    assert_eq!(old.received().len(), 1);
}
