//! Clients that ask for much and take little of it.

use futures_util::future::join_all;
use paifang_model::Dialect;
use paifang_model::definition::RequestMode;
use paifang_proxy::EdgeSettings;
use paifang_testkit::{Backend, TestGateway, api, soaked};
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
    let count = soaked(20, 200);
    let attack = async {
        let asks = "GET /pets?large HTTP/1.1\r\nhost: api.example.com\r\n\r\n";
        let deaf = || async {
            let mut client = gateway.raw().await;
            client.say(asks).await;
            client
        };
        let clients = join_all((0..count).map(|_| deaf())).await;
        // What is left in the end is the connection of whoever is served meanwhile.
        until(&gateway, |accepted, open| accepted > count && open == 1).await;
        for mut client in clients {
            let mut heard = Vec::new();
            let cut = client.0.read_to_end(&mut heard).await.unwrap_err();
            // The operating system does not go on offering the reply either.
            assert_eq!(cut.kind(), std::io::ErrorKind::ConnectionReset);
            assert!(heard.len() < REPLY);
        }
    };
    // All of their replies together would be more than the memory that the gateway may take.
    withstood(&gateway, attack).await;
}

/// Waits until connections, all that were accepted and those that are open, are so many.
async fn until(gateway: &TestGateway, fits: impl Fn(usize, usize) -> bool) {
    let figure = |name: &str| {
        let figures = gateway.gateway.metrics().render();
        let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok());
        line.unwrap_or_else(|| panic!("{figures}"))
    };
    while !fits(figure("paifang_connections_accepted_total"), figure("paifang_connections")) {
        tokio::time::sleep(SHORT / 50).await;
    }
}
