//! What the edge stands, whom it believes, and how many it lets in.

mod bodies;
mod crowds;
mod heads;
mod http2;
mod passed_on;
mod readers;
mod traces;

use std::pin::pin;
use std::time::Duration;

use paifang_model::Dialect;
use paifang_proxy::EdgeSettings;
use paifang_testkit::api::Api;
use paifang_testkit::{Scene, TestAuthority, TestGateway};

/// Memory that no attack may take.
const MEMORY: usize = 64 << 20;

/// As little patience as a busy machine allows.
const SHORT: Duration = Duration::from_millis(500);

/// The group's subdomain.
const HOST: &str = "group.apis.test";

/// A gateway with one API and an edge of its own.
async fn serving(dialect: Dialect, api: Api, edge: EdgeSettings) -> TestGateway {
    let mut scene = Scene::new(dialect);
    scene.publish(api);
    scene.settings.edge = edge;
    scene.start().await
}

/// Something to be served over TLS, at [`HOST`].
fn secured(own: &TestAuthority) -> Scene {
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.secured_by(own, &[HOST]);
    scene
}

/// What happens while others are served, of whom nobody waits for it, and the gateway's memory stays where it was.
async fn withstood<T>(gateway: &TestGateway, attack: impl Future<Output = T>) -> T {
    let (before, mut answered) = (resident(), 0);
    let (mut attack, call) = (pin!(attack), gateway.get("/pets"));
    let mut connection = gateway.connect().await;
    let outcome = loop {
        tokio::select! {
            outcome = &mut attack => break outcome,
            answer = connection.send(&call) => {
                assert_eq!(answer.status, 200, "{}", answer.verdict());
                answered += 1;
            }
        }
    };
    assert!(answered > 0, "nobody was served meanwhile");
    assert_eq!(call.send().await.status, 200);
    let grown = resident().saturating_sub(before);
    assert!(grown < MEMORY, "{grown} bytes");
    outcome
}

/// Bytes of memory that the process has.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: usize = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}
