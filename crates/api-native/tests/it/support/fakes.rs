//! The data plane, made up.

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use paifang_api_native::{
    DebugAnswer, DebugDecision, DebugRefused, DebugRequest, Debugger, MemberHealth, MemberState, Observer,
    Readiness, SentRequest, SetAside,
};
use paifang_control::{
    Error, LIVE_WITHIN, Node, NodeReport, NodeState, Nodes, Telemetry, TelemetryPoint, TelemetryQuery,
};
use paifang_model::Id;
use paifang_model::id::{ChannelId, MemberId};
use tokio::sync::watch;

/// Remembers what it was asked to send, and answers the body.
#[derive(Default)]
pub(crate) struct FakeDebugger {
    pub(crate) seen: Mutex<Vec<DebugRequest>>,
    pub(crate) answers: Mutex<Option<Bytes>>,
}

#[async_trait]
impl Debugger for FakeDebugger {
    async fn debug(&self, request: DebugRequest) -> Result<DebugAnswer, DebugRefused> {
        self.seen.lock().unwrap().push(request.clone());
        let Some(body) = self.answers.lock().unwrap().clone() else {
            return Err(DebugRefused::NotServed("it is not there yet".to_owned()));
        };
        let url = format!("http://{}{}", request.group.subdomain, request.path);
        let headers = request.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        let headers = headers.collect();
        Ok(DebugAnswer {
            sent: SentRequest { method: request.method.to_string(), url, headers },
            status: 200,
            headers: vec![("X-Ca-Request-Id".to_owned(), "1".to_owned())],
            body,
            truncated: false,
            latency_ms: 3,
            decisions: vec![DebugDecision { stage: "route".to_owned(), what: "found".to_owned(), at_us: 7 }],
        })
    }
}

/// Says that nothing is ready, until it is told otherwise.
#[derive(Default)]
pub(crate) struct FakeObserver {
    pub(crate) ready: Mutex<bool>,
}

impl Observer for FakeObserver {
    fn metrics(&self) -> String {
        "# EOF\n".to_owned()
    }

    fn served_revision(&self) -> u64 {
        1
    }

    fn set_aside(&self) -> Vec<SetAside> {
        vec![SetAside { key: "version/1".to_owned(), reason: "it does not compile".to_owned() }]
    }

    /// It knows the member whose id is the channel's.
    fn channel_health(&self, channel: ChannelId) -> Option<Vec<MemberHealth>> {
        Some(vec![MemberHealth {
            member: MemberId(channel.0),
            state: MemberState::Unhealthy,
            since_ms: Some(5),
            reason: Some("connecting failed".to_owned()),
            under_way: 0,
        }])
    }

    fn readiness(&self) -> Readiness {
        match *self.ready.lock().unwrap() {
            true => Readiness::Ready,
            false => Readiness::NotReady(vec!["no configuration is served yet".to_owned()]),
        }
    }
}

/// One that serves everything, one that serves the first revision, one that was not heard of.
pub(crate) struct FakeNodes(pub(crate) watch::Sender<u64>);

#[async_trait]
impl Nodes for FakeNodes {
    async fn list(&self) -> Result<Vec<Node>, Error> {
        let silent = |node: Node, silent| Node { silent, ..node };
        Ok(vec![node("alpha", u64::MAX >> 1), node("beta", 1), silent(node("gone", 0), LIVE_WITHIN)])
    }

    fn served(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}

fn node(name: &str, served_revision: u64) -> Node {
    let report = NodeReport {
        id: Id::derived("node", &[name.as_bytes()]),
        name: name.to_owned(),
        version: "1.2.3".to_owned(),
        started_at: super::NOW,
        state: NodeState::Serving,
        served_revision,
        http: "127.0.0.1:8080".to_owned(),
        management: "127.0.0.1:9000".to_owned(),
    };
    Node { report, silent: Duration::ZERO }
}

/// Gives points as told, and remembers what it was asked for.
#[derive(Default)]
pub(crate) struct FakeTelemetry {
    pub(crate) points: Mutex<Vec<TelemetryPoint>>,
    pub(crate) asked: Mutex<Vec<TelemetryQuery>>,
}

#[async_trait]
impl Telemetry for FakeTelemetry {
    async fn read(&self, query: &TelemetryQuery) -> Result<Vec<TelemetryPoint>, Error> {
        self.asked.lock().unwrap().push(*query);
        Ok(self.points.lock().unwrap().clone())
    }
}
