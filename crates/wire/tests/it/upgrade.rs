//! Upgraded connections are tunnelled, cut when idle, and refused with any other status.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use paifang_wire::{
    Body, Ended, Origin, OutgoingRequest, Pool, Reply, Request, StatusCode, TunnelEnd, TunnelStats, tunnel,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;

use crate::support::{ok, pool, raw, read_to_end, read_until, serve, soon, worker};

const ASK: &str = "GET /chat HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n";
const SWITCH: &str = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n";

/// Switches, greets in the same packet, then echoes.
async fn echoing() -> Origin {
    let address = raw(|mut stream: TcpStream, _| async move {
        read_until(&mut stream, "\r\n\r\n").await;
        stream.write_all(format!("{SWITCH}welcome ").as_bytes()).await.unwrap();
        let (mut from, mut to) = stream.split();
        tokio::io::copy(&mut from, &mut to).await.ok();
    })
    .await;
    Origin::http1(address)
}

#[derive(Clone, Default)]
struct Log {
    stats: Rc<RefCell<Option<TunnelStats>>>,
    ended: Rc<Notify>,
}

async fn pass(request: Request, pool: Pool, origin: Origin, idle: Duration, log: Log) -> Reply {
    let outgoing = OutgoingRequest { head: request.head, body: Body::empty() };
    let mut reply = pool.send(&origin, outgoing, &soon()).await.unwrap();
    let (upgrade, backend) = (request.upgrade.unwrap(), reply.upgraded.take().unwrap());
    tokio::task::spawn_local(async move {
        let client = upgrade.connection().await.unwrap();
        *log.stats.borrow_mut() = Some(tunnel(client, backend, idle).await);
        log.ended.notify_one();
    });
    reply
}

async fn chat(idle: Duration) -> (TcpStream, Log, crate::support::Served) {
    let (pool, origin, log) = (pool(), echoing().await, Log::default());
    let seen = log.clone();
    let front =
        serve(move |request: Request| pass(request, pool.clone(), origin.clone(), idle, seen.clone())).await;
    let mut client = front.connect().await;
    client.write_all(ASK.as_bytes()).await.unwrap();
    let head = read_until(&mut client, "welcome ").await;
    assert!(head.starts_with("HTTP/1.1 101") && head.contains("upgrade: echo"), "{head}");
    (client, log, front)
}

#[test]
fn bytes_pass_both_ways_until_the_client_is_done() {
    worker(async {
        let (mut client, log, front) = chat(Duration::from_secs(60)).await;
        assert_eq!(front.ended().await.unwrap(), Ended::Upgraded);
        client.write_all(b"hello").await.unwrap();
        client.read_exact(&mut [0; 5]).await.unwrap();
        client.shutdown().await.unwrap();
        assert_eq!(read_to_end(&mut client).await, "");
        log.ended.notified().await;
        let stats = log.stats.take().unwrap();
        assert!(matches!(stats.end, TunnelEnd::Closed), "{stats:?}");
        assert_eq!((stats.to_backend, stats.to_client), (5, 13));
    });
}

#[test]
fn an_idle_tunnel_is_cut() {
    worker(async {
        let (mut client, log, _front) = chat(Duration::from_millis(60)).await;
        assert_eq!(read_to_end(&mut client).await, "");
        log.ended.notified().await;
        assert!(matches!(log.stats.take().unwrap().end, TunnelEnd::Idle));
    });
}

#[test]
fn another_status_refuses_and_the_connection_stays_http() {
    worker(async {
        let refused = Rc::new(Notify::new());
        let tell = Rc::clone(&refused);
        let served = serve(move |request: Request| {
            let tell = Rc::clone(&tell);
            if let Some(upgrade) = request.upgrade {
                tokio::task::spawn_local(async move {
                    upgrade.connection().await.unwrap_err();
                    tell.notify_one();
                });
            }
            async { Reply::new(StatusCode::FORBIDDEN, Body::full("no")) }
        })
        .await;
        let mut client = served.connect().await;
        for _ in 0..2 {
            client.write_all(ASK.as_bytes()).await.unwrap();
            assert!(read_until(&mut client, "no").await.starts_with("HTTP/1.1 403"));
            refused.notified().await;
        }
        assert_eq!(served.accepted.get(), 1);
    });
}

#[test]
fn a_request_without_a_wish_has_no_upgrade() {
    worker(async {
        let served = serve(|request: Request| async move { ok(request.upgrade.is_some().to_string()) }).await;
        let mut client = served.connect().await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        assert!(read_until(&mut client, "false").await.starts_with("HTTP/1.1 200"));
    });
}
