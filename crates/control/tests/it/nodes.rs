//! Publish with proof: who is waited for, and what is said about it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use insta::assert_snapshot;
use paifang_control::{Deploy, Error, LIVE_WITHIN, Live, Node, NodeReport, NodeState, Nodes};
use paifang_model::Id;
use tokio::sync::watch;

use crate::world::{NOW, World, refused, release};

/// Longer than any wait that ends by itself.
const LONG: Duration = Duration::from_secs(60);

/// Nodes that serve what a test says.
struct Fake {
    nodes: Mutex<Vec<Node>>,
    served: watch::Sender<u64>,
}

impl Fake {
    fn of(nodes: &[(&str, u64)]) -> Arc<Self> {
        let nodes = nodes.iter().map(|(name, revision)| node(name, *revision)).collect();
        Arc::new(Self { nodes: Mutex::new(nodes), served: watch::Sender::new(0) })
    }

    fn change(&self, name: &str, change: impl Fn(&mut Node)) {
        let mut nodes = self.nodes.lock().unwrap();
        nodes.iter_mut().filter(|node| node.report.name == name).for_each(change);
    }

    fn serve(&self, name: &str, revision: u64) {
        self.change(name, |node| node.report.served_revision = revision);
        self.served.send_replace(revision);
    }
}

fn node(name: &str, served_revision: u64) -> Node {
    let report = NodeReport {
        id: Id::derived("node", &[name.as_bytes()]),
        name: name.to_owned(),
        version: "1.2.3".to_owned(),
        started_at: NOW,
        state: NodeState::Serving,
        served_revision,
        http: "127.0.0.1:8080".to_owned(),
        management: "127.0.0.1:9000".to_owned(),
    };
    Node { report, silent: Duration::ZERO }
}

#[async_trait]
impl Nodes for Fake {
    async fn list(&self) -> Result<Vec<Node>, Error> {
        Ok(self.nodes.lock().unwrap().clone())
    }

    fn served(&self) -> watch::Receiver<u64> {
        self.served.subscribe()
    }
}

/// A world with nodes, and the revision of a deployment in it.
async fn deployed(nodes: &Arc<Fake>) -> (World, u64) {
    let world = World::new().await;
    world.control.connect(Arc::clone(nodes) as _);
    let (_, api) = world.pets().await;
    let deploy = Deploy { stage: release(), remark: String::new() };
    let revision = world.owner.deploy_api(api.value.id, &deploy, None).await.unwrap().revision;
    (world, revision)
}

async fn live(world: &World, revision: u64, wait: Duration) -> Live {
    world.control.live(revision, wait).await.unwrap()
}

#[tokio::test]
async fn without_a_wait_it_is_said_how_it_is() {
    let nodes = Fake::of(&[("alpha", 1000), ("beta", 2)]);
    let (world, revision) = deployed(&nodes).await;
    let live = live(&world, revision, Duration::ZERO).await;
    assert_snapshot!(live.sentence, @"live on 1 of 2; not yet on beta (at revision 2)");
    assert_eq!((live.serving, live.of), (1, 2));
    assert!(!live.is_everywhere());
}

#[tokio::test]
async fn a_wait_ends_when_the_last_node_serves() {
    let nodes = Fake::of(&[("alpha", 0), ("beta", 0), ("gamma", 0)]);
    let (world, revision) = deployed(&nodes).await;
    let waiting = tokio::spawn({
        let control = world.control.clone();
        async move { control.live(revision, LONG).await.unwrap() }
    });
    for name in ["gamma", "alpha", "beta"] {
        assert!(!waiting.is_finished());
        nodes.serve(name, revision);
        tokio::task::yield_now().await;
    }
    assert_snapshot!(waiting.await.unwrap().sentence, @"live on 3 of 3");
}

#[tokio::test]
async fn another_nodes_report_is_seen_without_a_nudge() {
    let nodes = Fake::of(&[("alpha", 1000), ("beta", 0)]);
    let (world, revision) = deployed(&nodes).await;
    let caught_up = async {
        tokio::task::yield_now().await;
        nodes.change("beta", |node| node.report.served_revision = revision);
    };
    let (live, ()) = tokio::join!(live(&world, revision, LONG), caught_up);
    assert_snapshot!(live.sentence, @"live on 2 of 2");
}

#[tokio::test]
async fn when_the_time_is_over_it_is_said_who_lags() {
    let nodes = Fake::of(&[("alpha", 1000), ("beta", 3), ("gamma", 2)]);
    let (world, revision) = deployed(&nodes).await;
    let live = live(&world, revision, Duration::from_millis(50)).await;
    assert_snapshot!(live.sentence, @"live on 1 of 3; not yet on beta (at revision 3), gamma (at revision 2)");
}

#[tokio::test]
async fn who_is_silent_or_starts_is_not_waited_for() {
    let nodes = Fake::of(&[("alpha", 1000), ("beta", 0), ("gamma", 0), ("delta", 1000)]);
    nodes.change("beta", |node| node.silent = LIVE_WITHIN);
    nodes.change("gamma", |node| node.report.state = NodeState::Starting);
    nodes.change("delta", |node| node.report.state = NodeState::Draining);
    let (world, revision) = deployed(&nodes).await;
    let live = live(&world, revision, LONG).await;
    assert_snapshot!(live.sentence, @"live on 2 of 2");
    assert!(live.is_everywhere());
}

#[tokio::test]
async fn whoever_sees_deployments_may_ask() {
    let nodes = Fake::of(&[("alpha", 1000)]);
    let (world, revision) = deployed(&nodes).await;
    let live = world.viewer.read_live(revision, Duration::ZERO).await.unwrap();
    assert_snapshot!(live.sentence, @"live on 1 of 1");
    assert_eq!(world.viewer.list_nodes().await.unwrap().len(), 1);
    refused!(world.viewer.read_live(revision + 1, LONG).await, Error::NotCommitted { newest, .. } if newest == revision);
}

#[tokio::test]
async fn where_nothing_is_served_there_is_no_node() {
    let world = World::new().await;
    assert!(world.owner.list_nodes().await.unwrap().is_empty());
    assert_eq!(world.control.live(1, LONG).await, None);
    let live = world.owner.read_live(1, LONG).await.unwrap();
    assert_snapshot!(live.sentence, @"live on 0 of 0");
    assert!(!live.is_everywhere());
}
