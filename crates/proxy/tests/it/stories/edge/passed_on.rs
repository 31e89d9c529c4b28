//! Calls that others passed on: by the PROXY protocol, by `X-Forwarded-For`, or by both.

use paifang_model::Dialect;
use paifang_proxy::EdgeSettings;
use paifang_testkit::{Backend, Raw, TestAuthority, TestGateway, TlsCaller, api};

use super::{HOST, secured, serving};

fn edge(proxy_protocol: &str, trusted_proxies: &str) -> EdgeSettings {
    EdgeSettings {
        proxy_protocol: proxy_protocol.parse().unwrap(),
        trusted_proxies: trusted_proxies.parse().unwrap(),
        ..EdgeSettings::default()
    }
}

/// What the backend is told of the client: `X-Forwarded-For` and `X-Real-IP`.
async fn told(edge: EdgeSettings, header: &[u8], forwarded: &str) -> (String, String) {
    let backend = Backend::echo().await;
    let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend), edge).await;
    let answer = ask(&gateway, header, forwarded).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let received = backend.last();
    (received.header("x-forwarded-for"), received.header("x-real-ip"))
}

async fn ask(gateway: &TestGateway, header: &[u8], forwarded: &str) -> String {
    let mut client: Raw = gateway.raw().await;
    let request =
        format!("GET /pets HTTP/1.1\r\nhost: api.example.com\r\n{forwarded}connection: close\r\n\r\n");
    client.say([header, request.as_bytes()].concat()).await;
    client.hear_all().await
}

fn pair(one: &str, other: &str) -> (String, String) {
    (one.to_owned(), other.to_owned())
}

const V1: &[u8] = b"PROXY TCP4 203.0.113.9 198.51.100.1 51234 443\r\n";
const V2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c\xcb\x00\x71\x09\xc6\x33\x64\x01\xc8\x22\x01\xbb";
const FORWARDED: &str = "x-forwarded-for: 198.51.100.7, 192.0.2.1\r\n";

#[tokio::test]
async fn a_load_balancer_says_whose_connection_it_passes_on() {
    for header in [V1, V2] {
        assert_eq!(told(edge("127.0.0.1", ""), header, "").await, pair("203.0.113.9", "203.0.113.9"));
    }
    let own: [&[u8]; 2] = [b"PROXY UNKNOWN\r\n", b"\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00"];
    for header in own {
        assert_eq!(told(edge("127.0.0.0/8", ""), header, "").await, pair("127.0.0.1", "127.0.0.1"));
    }
}

#[tokio::test]
async fn the_header_comes_before_tls() {
    let (own, backend) = (TestAuthority::new("Own"), Backend::echo().await);
    let mut scene = secured(&own);
    scene.publish(api::get("/pets").to(&backend));
    scene.settings.edge = edge("127.0.0.1", "");
    let gateway = scene.start().await;
    let caller = TlsCaller::trusting(&own.certificate);
    for header in [V1, V2] {
        let stream = caller.handshake_after(header, gateway.tls_address, HOST).await.unwrap();
        let mut connection = TlsCaller::speak(stream).await;
        assert_eq!(connection.send(&gateway.get("/pets").host(HOST)).await.status, 200);
        assert_eq!(backend.last().header("x-forwarded-for"), "203.0.113.9");
    }
    assert!(caller.handshake(gateway.tls_address, HOST).await.is_err(), "it has to come");
}

#[tokio::test]
async fn nobody_else_may_say_so() {
    let backend = Backend::echo().await;
    let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend), edge("10.0.0.0/8", "")).await;
    for header in [V1, V2] {
        let answer = ask(&gateway, header, "").await;
        assert!(!answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    assert!(backend.received().is_empty());
}

#[tokio::test]
async fn a_load_balancer_that_says_nothing_is_not_served() {
    let backend = Backend::echo().await;
    let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend), edge("127.0.0.1", "")).await;
    assert_eq!(ask(&gateway, b"", "").await, "");
    assert_eq!(ask(&gateway, b"PROXY TCP4 nobody\r\n", "").await, "");
    assert!(backend.received().is_empty());
    assert!(ask(&gateway, V1, "").await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn only_trusted_proxies_name_clients() {
    // Believed: the nearest address that is no trusted proxy's. Whom the call came from is added, as each proxy does.
    let trusted = "127.0.0.1, 192.0.2.0/24";
    assert_eq!(
        told(edge("", trusted), b"", FORWARDED).await,
        pair("198.51.100.7, 192.0.2.1, 127.0.0.1", "198.51.100.7")
    );
    assert_eq!(
        told(edge("", "192.0.2.0/24"), b"", FORWARDED).await,
        pair("198.51.100.7, 192.0.2.1, 127.0.0.1", "127.0.0.1")
    );
    // Proxies may add a line of their own instead.
    let lines = "x-forwarded-for: 198.51.100.7\r\nX-Forwarded-For: 192.0.2.1\r\n";
    assert_eq!(
        told(edge("", trusted), b"", lines).await,
        pair("198.51.100.7, 192.0.2.1, 127.0.0.1", "198.51.100.7")
    );
    // A load balancer in front of a proxy: each is believed as far as it is trusted.
    let header = b"PROXY TCP4 192.0.2.2 198.51.100.1 51234 443\r\n";
    assert_eq!(
        told(edge("127.0.0.1", trusted), header, FORWARDED).await,
        pair("198.51.100.7, 192.0.2.1, 192.0.2.2", "198.51.100.7")
    );
}
