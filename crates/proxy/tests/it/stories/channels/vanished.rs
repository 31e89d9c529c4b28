//! A member whose host is gone: nothing answers, not even with a refusal.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use futures_util::future::join_all;
use paifang_model::Dialect;
use paifang_model::id::ChannelId;
use paifang_proxy::channel::MemberState;
use paifang_proxy::config::Document;
use paifang_testkit::api::Api;
use paifang_testkit::{Backend, Scene, TestGateway, api};
use socket2::{Domain, Socket, Type};
use tokio::task::JoinHandle;

use super::{channel, through, until};

/// A host that may vanish: connections to it neither come about nor fail then, for nobody takes them and the queue is full.
struct Host {
    address: SocketAddr,
    listener: Socket,
}

impl Host {
    fn new() -> Self {
        let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        listener.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
        listener.listen(0).unwrap();
        Self { address: listener.local_addr().unwrap().as_socket().unwrap(), listener }
    }

    /// Answers one call and keeps the connection.
    fn answer(&self) -> JoinHandle<TcpStream> {
        let listener = self.listener.try_clone().unwrap();
        tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::from(listener.accept().unwrap().0);
            let mut lines = BufReader::new(&stream).lines();
            while !lines.next().unwrap().unwrap().is_empty() {}
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
            stream
        })
    }

    /// What is in the queue has to be kept.
    fn vanish(&self) -> Vec<TcpStream> {
        let connect = || TcpStream::connect_timeout(&self.address, Duration::from_millis(200)).ok();
        std::iter::from_fn(connect).collect()
    }
}

/// A gateway before two members, the first of which is the host.
async fn before(host: &Host, alive: &Backend, api: Api, timeout_ms: u32) -> (TestGateway, ChannelId) {
    let mut channel = channel(&[(alive, 1), (alive, 1)]);
    channel.members[0].port = host.address.port();
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api, channel.id).http(|backend| backend.timeout_ms = timeout_ms));
    scene.put(Document::Channel(channel.clone()));
    (scene.start().await, channel.id)
}

/// More calls than a retry budget would pay for, none of which may be sent twice.
#[tokio::test]
async fn a_member_whose_host_is_gone_costs_no_call() {
    let (gone, alive) = (Host::new(), Backend::echo().await);
    let _queue = gone.vanish();
    let (gateway, channel) = before(&gone, &alive, api::post("/pets"), 10_000).await;
    let calls = (0..60).map(|_| async { gateway.post("/pets", "a").send().await.status });
    assert_eq!(join_all(calls).await, [200; 60]);
    assert_eq!(alive.received().len(), 60);
    let health = gateway.gateway.channel_health(channel).unwrap();
    assert_eq!(health[0].state, MemberState::Ejected, "{health:?}");
    for _ in 0..10 {
        assert_eq!(gateway.post("/pets", "a").send().await.status, 200);
    }
}

/// A connection may take half of a call's time while there is another member. That it did not come about in so little says
/// nothing by itself, so the gateway looks for itself whether the member is there.
#[tokio::test]
async fn a_call_with_little_time_gets_to_another_member() {
    let (gone, alive) = (Host::new(), Backend::echo().await);
    let _queue = gone.vanish();
    let (gateway, channel) = before(&gone, &alive, api::post("/pets"), 1_500).await;
    assert_eq!(
        join_all((0..2).map(|_| async { gateway.post("/pets", "a").send().await.status })).await,
        [200; 2]
    );
    until(&gateway, channel, &[MemberState::Ejected, MemberState::Healthy]).await;
    let reason = gateway.gateway.channel_health(channel).unwrap().remove(0).reason;
    assert_eq!(reason.as_deref(), Some("no connection in 2 s"));
}

/// Connections that rest say nothing of a host that is gone: calls over them wait in vain, one by one.
#[tokio::test]
async fn a_member_that_falls_silent_is_knocked_at() {
    let (host, alive) = (Host::new(), Backend::echo().await);
    let (gateway, channel) = before(&host, &alive, api::get("/pets"), 500).await;
    let answering = host.answer();
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    let _resting = answering.await.unwrap();
    let _queue = host.vanish();
    let calls = join_all((0..2).map(|_| async { gateway.get("/pets").send().await.status }));
    let mut statuses = calls.await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 504]);
    until(&gateway, channel, &[MemberState::Ejected, MemberState::Healthy]).await;
    for _ in 0..4 {
        assert_eq!(gateway.get("/pets").send().await.status, 200);
    }
}
