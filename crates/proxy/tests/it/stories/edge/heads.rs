//! Heads that never end, or have too much in them: each is refused in the gateway's own words or cut, and costs no more than
//! the bytes of a head.

use futures_util::future::join_all;
use paifang_model::Dialect;
use paifang_proxy::EdgeSettings;
use paifang_testkit::{Raw, TestAuthority, TestGateway, api, soaked};
use tokio::io::AsyncWriteExt as _;

use super::{HOST, SHORT, secured, serving, withstood};

const BEGINS: &str = "GET /pets HTTP/1.1\r\nhost: api.example.com\r\n";

async fn gateway(dialect: Dialect) -> TestGateway {
    let mut edge = EdgeSettings::default();
    edge.server.head_timeout = SHORT;
    serving(dialect, api::any("/pets").mock(200, "pets"), edge).await
}

/// Says what is to be repeated until the other side has enough, and reads what it said to that.
async fn repeat(gateway: &TestGateway, first: &str, piece: &str, times: usize) -> String {
    let mut client: Raw = gateway.raw().await;
    client.say(first).await;
    for _ in 0..times {
        if client.0.write_all(piece.as_bytes()).await.is_err() {
            break;
        }
    }
    client.hear_all().await
}

fn is_too_large(dialect: Dialect, reply: &str) -> bool {
    match dialect {
        Dialect::Alibaba => reply.starts_with("HTTP/1.1 413 ") && reply.contains("I413UL"),
        Dialect::Huawei => reply.starts_with("HTTP/1.1 494 ") && reply.contains("APIG.0201"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_fields_than_a_head_may_have_are_refused() {
    for dialect in Dialect::ALL {
        let gateway = gateway(dialect).await;
        let bomb = || async { repeat(&gateway, BEGINS, "x: y\r\n", 1000).await };
        let replies = withstood(&gateway, join_all((0..soaked(50, 500)).map(|_| bomb()))).await;
        for reply in replies {
            assert!(is_too_large(dialect, &reply), "{dialect}: {reply}");
        }
    }
}

/// 64 MiB each, were they taken.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_without_end_is_refused_when_a_head_is_full() {
    let piece = "y".repeat(64 << 10);
    for dialect in Dialect::ALL {
        let gateway = gateway(dialect).await;
        let first = format!("{BEGINS}x: ");
        let bomb = || async { repeat(&gateway, &first, &piece, 1024).await };
        let replies = withstood(&gateway, join_all((0..soaked(20, 100)).map(|_| bomb()))).await;
        // What is still being sent when the gateway has enough may reset the connection, and take the words with it.
        for reply in replies.iter().filter(|reply| !reply.is_empty()) {
            assert!(is_too_large(dialect, reply), "{dialect}: {reply}");
        }
        assert!(replies.iter().any(|reply| !reply.is_empty()));
    }
}

/// A field now and then, as Slowloris does, does not keep a connection open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_comes_slowly_is_cut() {
    let gateway = gateway(Dialect::Alibaba).await;
    let drip = || async {
        let mut client = gateway.raw().await;
        client.say(BEGINS).await;
        while client.0.write_all(b"x: y\r\n").await.is_ok() {
            tokio::time::sleep(SHORT / 10).await;
        }
        client.hear_all().await
    };
    let replies = withstood(&gateway, join_all((0..soaked(100, 1000)).map(|_| drip()))).await;
    assert!(replies.iter().all(String::is_empty), "nobody is told, and all are gone");
}

/// Before the head there is the handshake, which has as long.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handshake_that_does_not_come_is_cut() {
    let own = TestAuthority::new("Own");
    let mut scene = secured(&own);
    scene.publish(api::get("/pets").mock(200, "pets"));
    scene.settings.edge.server.head_timeout = SHORT;
    let gateway = scene.start().await;
    assert_eq!(gateway.tls_address.ip(), gateway.address.ip(), "{HOST}");
    let silent = || async {
        let stream = tokio::net::TcpStream::connect(gateway.tls_address).await.unwrap();
        let mut client = Raw(stream);
        // The beginning of a record that does not go on.
        client.say([0x16, 3, 1, 2, 0]).await;
        client.hear_all().await
    };
    let replies = withstood(&gateway, join_all((0..soaked(100, 1000)).map(|_| silent()))).await;
    assert!(replies.iter().all(String::is_empty));
}
