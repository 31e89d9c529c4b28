//! Clients that ask for much and take little of it.

use futures_util::future::join_all;
use paifang_model::Dialect;
use paifang_model::definition::RequestMode;
use paifang_proxy::EdgeSettings;
use paifang_testkit::{Backend, api, soaked};
use tokio::io::AsyncReadExt as _;

use super::{SHORT, serving, withstood};

const REPLY: usize = 16 << 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_does_not_read_is_cut_and_the_reply_does_not_pile_up() {
    let large = bytes::Bytes::from(vec![b'x'; REPLY]);
    let backend = Backend::answering(move |received| {
        let body = if received.target.ends_with("large") { large.clone() } else { bytes::Bytes::new() };
        http::Response::new(body)
    })
    .await;
    let mut edge = EdgeSettings::default();
    edge.server.write_idle = SHORT;
    let gateway =
        serving(Dialect::Alibaba, api::get("/pets").mode(RequestMode::Passthrough).to(&backend), edge).await;
    let asks = "GET /pets?large HTTP/1.1\r\nhost: api.example.com\r\n\r\n";
    let deaf = || async {
        let mut client = gateway.raw().await;
        client.say(asks).await;
        // One that is cut shows as an error, or as an end that comes too early.
        tokio::time::sleep(4 * SHORT).await;
        let mut heard = Vec::new();
        let _ = client.0.read_to_end(&mut heard).await;
        heard.len()
    };
    // All of their replies together would be more than the memory that the gateway may take.
    let heard = withstood(&gateway, join_all((0..soaked(20, 200)).map(|_| deaf()))).await;
    assert!(heard.iter().all(|heard| *heard < REPLY), "{heard:?}");
}
