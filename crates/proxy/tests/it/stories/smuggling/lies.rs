//! Backends that lie about length, break off, send garbage or say nothing: each ends in a clear code, and none is believed for
//! the next call.

use paifang_model::Dialect;
use paifang_testkit::{Backend, Scene, Then, api};

/// What a client is told of a backend that sends this, and whether the next call gets the same.
async fn told(bytes: &'static [u8], then: Then) -> String {
    let backend = Backend::sending(bytes, then).await;
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::post("/pets").to(&backend).http(|backend| backend.timeout_ms = 1_000));
    let gateway = scene.start().await;
    let mut told = Vec::new();
    for _ in 0..2 {
        let mut client = gateway.raw().await;
        client
            .say("POST /pets HTTP/1.1\r\nhost: api.example.com\r\ncontent-length: 1\r\nconnection: close\r\n\r\nx")
            .await;
        told.push(verdict(&client.hear_all().await));
    }
    assert_eq!(told[0], told[1], "{}", String::from_utf8_lossy(bytes));
    told.remove(0)
}

/// Status and error code, or the body with whether it broke off.
fn verdict(heard: &str) -> String {
    let (head, body) = heard.split_once("\r\n\r\n").unwrap_or((heard, ""));
    let status = head.split(' ').nth(1).unwrap_or("closed").to_owned();
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
    match (field("x-ca-error-code: "), field("content-length: ")) {
        (Some(code), _) => format!("{status} {code}"),
        (None, Some(length)) if length.parse() != Ok(body.len()) => format!("{status} broken off"),
        (None, None) if !body.ends_with("0\r\n\r\n") => format!("{status} broken off"),
        _ => format!("{status} {body}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_lie_ends_in_a_clear_code() {
    const HUGE: &[u8] = &[b'x'; 1 << 20];
    let storm: &'static [u8] =
        Box::leak(b"HTTP/1.1 102 Processing\r\n\r\n".repeat(20_000).into_boxed_slice());
    let endless: &'static [u8] = Box::leak([b"HTTP/1.1 200 OK\r\nx-a: ", HUGE].concat().into_boxed_slice());
    for (what, bytes, then, verdict) in [
        ("nothing", &b""[..], Then::Close, "502 N502RE"),
        ("silence", b"", Then::Stay, "504 D504TO"),
        ("half a head", b"HTTP/1.1 200 OK\r\ncontent-le", Then::Close, "502 N502RE"),
        ("half a head and silence", b"HTTP/1.1 200 OK\r\ncontent-le", Then::Stay, "504 D504TO"),
        ("garbage", b"\x16\x03\x01\x02\x00hello\r\n\r\n", Then::Close, "502 N502RE"),
        ("no status", b"HTTP/1.1 OK\r\n\r\n", Then::Close, "502 N502RE"),
        ("a status of two digits", b"HTTP/1.1 20 OK\r\n\r\n", Then::Close, "502 N502RE"),
        ("interim replies without end", storm, Then::Close, "502 N502RE"),
        ("a head without end", endless, Then::Close, "502 N502RE"),
        ("two lengths", b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\npets!", Then::Close, "502 N502RE"),
        ("a negative length", b"HTTP/1.1 200 OK\r\ncontent-length: -4\r\n\r\npets", Then::Close, "502 N502RE"),
        ("less than it says", b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\npets", Then::Close, "200 broken off"),
        ("more than it says", b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npetsHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil", Then::Stay, "200 pets"),
        ("chunks that break off", b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npets\r\n", Then::Close, "200 broken off"),
        ("chunks that are none", b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n", Then::Close, "200 broken off"),
        ("a switch that nobody asked for", b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: evil\r\n\r\n", Then::Stay, "502 N502RE"),
    ] {
        assert_eq!(told(bytes, then).await, verdict, "{what}");
    }
}
