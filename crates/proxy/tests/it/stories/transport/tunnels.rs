//! WebSockets pass after the call was admitted (spec: huawei/calling.md §7, aliyun/calling.md §1); no other protocol does.

use paifang_model::Dialect;
use paifang_model::definition::Protocol;
use paifang_testkit::api::Api;
use paifang_testkit::{Backend, Raw, TestGateway, api};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::serving;

const ASKS: &str = "GET /chat HTTP/1.1\r\nhost: api.example.com\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
    sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

const SWITCHES: &[u8] = b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
    sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

/// Switches when it was asked as a WebSocket server must be, and says everything back.
async fn chat() -> Backend {
    Backend::speaking(|mut stream, _| async move {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_buf(&mut head).await.unwrap();
        }
        let head = String::from_utf8(head).unwrap();
        let asked =
            ["upgrade: websocket", "connection: upgrade", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="];
        if !asked.iter().all(|line| head.to_ascii_lowercase().contains(&line.to_ascii_lowercase())) {
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await.unwrap();
            return;
        }
        stream.write_all(SWITCHES).await.unwrap();
        let (mut read, mut write) = stream.split();
        let _ = tokio::io::copy(&mut read, &mut write).await;
    })
    .await
}

async fn ask(gateway: &TestGateway) -> (Raw, String) {
    let mut client = gateway.raw().await;
    client.say(ASKS).await;
    let heard = client.hear("\r\n\r\n").await;
    (client, heard)
}

fn for_websocket(api: Api) -> Api {
    api.with(|api| api.request.protocols = vec![Protocol::Websocket])
}

#[tokio::test]
async fn bytes_pass_both_ways_after_the_switch() {
    for dialect in Dialect::ALL {
        let backend = chat().await;
        let gateway = serving(dialect, for_websocket(api::get("/chat").to(&backend))).await;
        let (mut client, heard) = ask(&gateway).await;
        assert!(heard.starts_with("HTTP/1.1 101 "), "{dialect}: {heard}");
        assert!(heard.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{heard}");
        assert!(heard.contains("-request-id: "), "{heard}");
        for words in ["hello", "and again"] {
            client.say(words).await;
            assert_eq!(client.hear(words).await, words);
        }
        client.0.shutdown().await.unwrap();
        assert_eq!(client.hear_all().await, "", "the backend's end is the client's");
    }
}

#[tokio::test]
async fn in_one_dialect_it_comes_with_http() {
    let backend = chat().await;
    let (_client, heard) = ask(&serving(Dialect::Huawei, api::get("/chat").to(&backend)).await).await;
    assert!(heard.starts_with("HTTP/1.1 101 "), "{heard}");
}

#[tokio::test]
async fn in_the_other_the_api_must_offer_it() {
    let backend = chat().await;
    let (_client, heard) = ask(&serving(Dialect::Alibaba, api::get("/chat").to(&backend)).await).await;
    assert!(heard.starts_with("HTTP/1.1 403 ") && heard.contains("I403PT"), "{heard}");
    let gateway = serving(Dialect::Alibaba, for_websocket(api::get("/chat").to(&backend))).await;
    assert_eq!(super::code(&gateway.get("/chat").send().await), "403 I403PT", "plain calls are not offered");
    assert_eq!(backend.connections(), 0);
}

#[tokio::test]
async fn who_calls_is_asked_first() {
    for dialect in Dialect::ALL {
        let backend = chat().await;
        let gateway = serving(dialect, for_websocket(api::get("/chat").for_apps().to(&backend))).await;
        let (_client, heard) = ask(&gateway).await;
        assert!(heard.starts_with("HTTP/1.1 40"), "{heard}");
        assert_eq!(backend.connections(), 0);
    }
}

#[tokio::test]
async fn a_backend_may_decline() {
    let backend = Backend::answering(|_| http::Response::new("no".into())).await;
    let gateway = serving(Dialect::Huawei, api::any("/chat").to(&backend)).await;
    let (mut client, heard) = ask(&gateway).await;
    assert!(heard.starts_with("HTTP/1.1 200 OK"), "{heard}");
    client.say("GET /chat HTTP/1.1\r\nhost: api.example.com\r\n\r\n").await;
    assert!(client.hear("no").await.contains("HTTP/1.1 200 OK"), "the connection still speaks HTTP");
}

/// A backend that switched to HTTP/2 would answer calls that nobody checked.
#[tokio::test]
async fn no_other_protocol_reaches_the_backend() {
    for asked in ["h2c", "h2c, websocket", "websocket, h2c", "tls/1.0", "websocket\r\nupgrade: h2c"] {
        let backend = Backend::echo().await;
        let gateway = serving(Dialect::Huawei, api::get("/chat").to(&backend)).await;
        let mut client = gateway.raw().await;
        let head = "GET /chat HTTP/1.1\r\nhost: api.example.com\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n";
        client
            .say(format!("{head}connection: close, upgrade, http2-settings\r\nupgrade: {asked}\r\n\r\n"))
            .await;
        let heard = client.hear_all().await;
        assert!(heard.starts_with("HTTP/1.1 200 "), "{asked}: {heard}");
        assert_eq!(
            (backend.last().header("upgrade"), backend.last().header("connection")),
            Default::default()
        );
    }
}

/// Nobody asked for it.
#[tokio::test]
async fn a_backend_that_switches_unasked_is_broken() {
    let backend = Backend::sending(SWITCHES, paifang_testkit::Then::Stay).await;
    let gateway = serving(Dialect::Alibaba, api::get("/chat").to(&backend)).await;
    assert_eq!(super::code(&gateway.get("/chat").send().await), "502 N502RE");
}

/// A client that goes takes the tunnel with it, and a backend that goes does too.
#[tokio::test]
async fn either_end_ends_the_tunnel() {
    let (told, mut ended) = tokio::sync::mpsc::unbounded_channel();
    let backend = Backend::speaking(move |mut stream, number| {
        let told = told.clone();
        async move {
            let mut heard = [0; 4096];
            assert_ne!(stream.read(&mut heard).await.unwrap(), 0);
            stream.write_all(SWITCHES).await.unwrap();
            if number == 0 {
                while matches!(stream.read(&mut heard).await, Ok(1..)) {}
                told.send(()).unwrap();
            }
        }
    })
    .await;
    let gateway = serving(Dialect::Huawei, api::get("/chat").to(&backend)).await;
    let (client, _) = ask(&gateway).await;
    drop(client);
    ended.recv().await.unwrap();
    let (mut client, _) = ask(&gateway).await;
    assert_eq!(client.hear_all().await, "");
}

#[tokio::test]
async fn a_tunnel_is_waited_for_at_the_end() {
    let backend = chat().await;
    let gateway = serving(Dialect::Huawei, api::get("/chat").to(&backend)).await;
    let (mut client, _) = ask(&gateway).await;
    let drained = gateway.gateway.drain(std::time::Duration::from_secs(60));
    let talk = async {
        while tokio::net::TcpStream::connect(gateway.address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        client.say("still there").await;
        let heard = client.hear("still there").await;
        client.0.shutdown().await.unwrap();
        heard
    };
    assert_eq!(tokio::join!(drained, talk).1, "still there");
}
