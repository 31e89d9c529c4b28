//! The nodes as this process sees them: the others as they last reported, itself as it is.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use paifang_control::{Error, Node, NodeReport, NodeState, Nodes};
use paifang_store::NodeTable;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tracing::warn;

use super::report;

/// A node that was silent for so long is forgotten at the next start of another: its machine is gone.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// How long an end waits for a store that is away.
const FAREWELL: Duration = Duration::from_secs(2);

/// The nodes that serve from a store. Clones are the same registry.
#[derive(Clone)]
pub(crate) struct Registry(Arc<Inner>);

pub(super) struct Inner {
    pub(super) table: Arc<dyn NodeTable>,
    /// What does not change about this process.
    facts: NodeReport,
    pub(super) state: watch::Sender<NodeState>,
    pub(super) served: watch::Receiver<u64>,
}

impl Registry {
    /// Of a store; `facts` are of this process, `served` is the revision that it serves.
    pub(crate) fn new(table: Arc<dyn NodeTable>, facts: NodeReport, served: watch::Receiver<u64>) -> Self {
        let state = watch::Sender::new(facts.state);
        Self(Arc::new(Inner { table, facts, state, served }))
    }

    /// Joins the nodes: tells them of this one until the task is ended.
    pub(crate) fn report(&self) -> JoinHandle<()> {
        tokio::spawn(report::run(Arc::clone(&self.0)))
    }

    /// The id of this one, which stays with its data.
    pub(crate) fn node(&self) -> paifang_model::Id {
        self.0.facts.id
    }

    /// This process has come to another state of its life.
    pub(crate) fn enter(&self, state: NodeState) {
        self.0.state.send_replace(state);
    }

    /// This process ends: nobody waits for it any more. Its reports have to be ended before.
    pub(crate) async fn leave(&self) {
        let said = timeout(FAREWELL, self.0.table.leave(self.0.facts.id)).await;
        if !matches!(said, Ok(Ok(()))) {
            warn!("The store is away: the other nodes count on this one until it was silent for a while");
        }
    }
}

impl Inner {
    /// This process as it is now.
    pub(super) fn own(&self) -> NodeReport {
        let (state, served_revision) = (*self.state.borrow(), *self.served.borrow());
        NodeReport { state, served_revision, ..self.facts.clone() }
    }

    /// Forgets those that will not come back.
    pub(super) async fn tidy(&self) {
        if let Err(error) = self.table.forget_silent(FORGOTTEN_AFTER).await {
            warn!(%error, "Nodes that are gone stay listed: {error}");
        }
    }
}

#[async_trait]
impl Nodes for Registry {
    async fn list(&self) -> Result<Vec<Node>, Error> {
        let own = self.0.own();
        let mut nodes = self.0.table.nodes().await?;
        nodes.retain(|node| node.report.id != own.id);
        nodes.push(Node { report: own, silent: Duration::ZERO });
        nodes.sort_by_key(|node| (node.report.started_at, node.report.id));
        Ok(nodes)
    }

    fn served(&self) -> watch::Receiver<u64> {
        self.0.served.clone()
    }
}
