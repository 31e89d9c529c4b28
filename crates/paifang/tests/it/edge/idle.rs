//! Clients that are connected and ask nothing: what each costs, and that others are served meanwhile.

use std::net::SocketAddr;

use paifang_testkit::{TlsCaller, remark, soaked};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::connections;
use crate::gateway::{Gateway, place};
use crate::rest::mock;

const HOST: &str = "idle.example.com";

/// Bytes of the gateway's memory for each connection, the operating system's buffers not counted.
const PLAIN_AT_MOST: usize = 4 << 10;
const SECURED_AT_MOST: usize = 30 << 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_idle_cost_little_and_nobody_waits_for_them() {
    // Both ends need a file for each connection of either kind.
    let count = soaked(1000, 10_000).min((take_descriptors() - 300) / 2);
    let place = place();
    let settings = place.path().join("settings.toml");
    std::fs::write(&settings, "keep_alive = 3600\n").unwrap();
    let gateway = Gateway::start_with(&place, &["--config", settings.to_str().unwrap()]);
    gateway.publish(HOST, &mock("hello"));
    let plain = async |count: usize| {
        let mut idle = Vec::new();
        for _ in 0..count {
            let stream = TcpStream::connect(gateway.http).await.unwrap();
            idle.push(asked(stream, HOST).await);
        }
        idle
    };
    let (caller, subdomain) = (authority(&gateway), subdomain(&gateway));
    let secured = async |count: usize| {
        let mut idle = Vec::new();
        for _ in 0..count {
            idle.push(asked(handshake(&caller, gateway.https, &subdomain).await, &subdomain).await);
        }
        idle
    };
    // What the first connections make once is not theirs alone.
    drop((plain(count / 10).await, secured(count / 10).await));
    let before = anonymous(&gateway);
    let idle = plain(count).await;
    let with_plain = anonymous(&gateway);
    let idle_secured = secured(count).await;
    let with_all = anonymous(&gateway);
    assert_eq!(gateway.call(HOST, "/hello").body, "hello");
    assert!(connections(&gateway) >= 2 * count, "all are still there");
    drop((idle, idle_secured));

    let each = |after: usize, before: usize| after.saturating_sub(before) / count;
    let (each_plain, each_secured) = (each(with_plain, before), each(with_all, with_plain));
    remark(&format!(
        "{count} idle connections over plain HTTP/1.1 cost {each_plain} bytes each, and {count} over TLS {each_secured}"
    ));
    assert!(each_plain <= PLAIN_AT_MOST, "{each_plain} bytes each");
    assert!(each_secured <= SECURED_AT_MOST, "{each_secured} bytes each over TLS");
    gateway.stop();
}

/// A connection on which a call was answered.
async fn asked<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, host: &str) -> S {
    stream.write_all(format!("GET /hello HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes()).await.unwrap();
    let mut heard = Vec::new();
    while !heard.ends_with(b"\r\n\r\nhello") {
        let read = stream.read_buf(&mut heard).await.unwrap();
        assert_ne!(read, 0, "{}", String::from_utf8_lossy(&heard));
    }
    stream
}

async fn handshake(
    caller: &TlsCaller,
    address: SocketAddr,
    name: &str,
) -> impl AsyncRead + AsyncWrite + Unpin + use<> {
    caller.handshake(address, name).await.unwrap()
}

fn authority(gateway: &Gateway) -> TlsCaller {
    let authority = std::fs::read_to_string(gateway.data.join("ca.pem")).unwrap();
    TlsCaller::trusting(&authority).offering(&["http/1.1"])
}

fn subdomain(gateway: &Gateway) -> String {
    let groups = gateway.done("GET", "/groups", &Value::Null);
    groups["items"][0]["subdomain"].as_str().unwrap().to_owned()
}

/// Memory of its own, in bytes: neither files nor the buffers of sockets.
fn anonymous(gateway: &Gateway) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", gateway.process)).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<usize>().unwrap() * 1024
}

/// As many as the machine allows: a shell allows a thousand by default.
fn take_descriptors() -> usize {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    maximum.map_or(usize::MAX, |maximum| maximum as usize)
}
