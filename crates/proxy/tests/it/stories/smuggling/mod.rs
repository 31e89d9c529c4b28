//! Requests that a gateway and its backend could read differently. Each case of `corpus.jsonl` goes through the gateway to a
//! backend that reads strictly and tells what it saw. Whatever is served or refused: both have to have seen the same requests, to
//! the byte, and the backend must never be sent anything that could be read in two ways.
//!
//! What a case asks for besides: `serve`, `refuse`, `either` (the specification leaves it open), `agree` (what is done with it
//! is another matter).

mod backend;
mod case;
mod lies;

use std::time::Duration;

use paifang_model::Dialect;
use paifang_model::definition::RequestMode;
use paifang_testkit::{Scene, TestGateway, api};

use backend::{Recording, recording};
use case::{Case, Expect, Sent, corpus};

/// How long what does not come is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// What follows each case on its connection: seen, or swallowed by both alike.
const END: &str = "GET /pets?end HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n\r\n";
const END_SEEN: &str = "GET /pets?end ";

async fn gateway(recording: &Recording) -> TestGateway {
    let mut scene = Scene::new(Dialect::Alibaba);
    let api = api::any("/pets").to(recording.backend()).at("/pets");
    scene.publish(api.with(|api| api.request.mode = RequestMode::Passthrough));
    let server = &mut scene.settings.edge.server;
    (server.head_timeout, server.body_idle, server.keep_alive) = (PATIENCE, PATIENCE, PATIENCE);
    scene.start().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gateway_and_backend_see_the_same_requests() {
    let cases = corpus();
    assert!(cases.len() >= 200);
    let recording = recording().await;
    let gateway = gateway(&recording).await;
    let mut shortfalls = Vec::new();
    for case in &cases {
        let told = case.send(&gateway).await;
        let mut seen = recording.take();
        let agree = match &told {
            Told::Requests(requests) => *requests == seen,
            Told::Count(count) => *count == seen.len(),
        };
        assert!(agree, "`{}`: the client was told of {told:?}, and the backend saw {seen:?}", case.name);
        assert!(!seen.iter().any(|seen| seen.starts_with("AMBIGUOUS")), "`{}`: {seen:?}", case.name);
        if seen.last().is_some_and(|last| last == END_SEEN) {
            seen.pop();
        }
        if !case.is_met(&seen) {
            shortfalls.push(format!("{}: {:?}, RFC {}: {}", case.name, case.expect, case.rfc, short(&seen)));
        }
    }
    assert!(shortfalls.is_empty(), "{}", shortfalls.join("\n"));
}

/// What replies say about the requests that the backend saw.
#[derive(Debug)]
enum Told {
    /// What each was, in order.
    Requests(Vec<String>),
    /// How many there were, where the reply is compressed.
    Count(usize),
}

fn short(seen: &[String]) -> String {
    let text = format!("{seen:?}");
    text.chars().take(160).collect()
}

impl Case {
    fn is_met(&self, seen: &[String]) -> bool {
        let is_served = seen == self.sees;
        match self.expect {
            Expect::Serve => is_served,
            // What is wrong is the first; a gateway may go on with what follows, or not.
            Expect::Refuse => {
                let rest = self.sees.get(1..).unwrap_or_default();
                seen.iter().all(|seen| rest.contains(seen))
            }
            Expect::Either => is_served || seen.is_empty(),
            Expect::Agree => true,
        }
    }

    /// Sends it.
    async fn send(&self, gateway: &TestGateway) -> Told {
        match &self.sent {
            Sent::Bytes(bytes) => {
                Told::Requests(backend::told(gateway, &[bytes, END.as_bytes()].concat()).await)
            }
            Sent::Fields { fields, data } => {
                Told::Count(backend::told_h2(gateway, fields, data.as_bytes()).await)
            }
        }
    }
}
