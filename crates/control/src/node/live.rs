//! Publish with proof: waits until every live node serves a revision, and says so.

use std::time::Duration;

use paifang_model::id::NodeId;
use paifang_store::Node;
use serde::Serialize;
use tokio::time::{Instant, timeout_at};
use tracing::warn;

use super::{Nodes, is_live};
use crate::action::Action;
use crate::control::{Context, Control};
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

/// How soon the other nodes' reports are looked at again. This process's own progress is noticed at once.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// On how many of the live nodes a revision is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Live {
    /// How many live nodes serve it, or a later one.
    pub serving: usize,
    /// How many nodes are live.
    pub of: usize,
    /// The same in words: `live on 3 of 3`, or which nodes lag.
    pub sentence: String,
    /// The live nodes. One that was not heard of for 10 seconds is not among them.
    pub nodes: Vec<LiveNode>,
}

/// A live node, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveNode {
    /// Its id.
    pub id: NodeId,
    /// Its name.
    pub name: String,
    /// The revision up to which it serves, as it last said.
    pub served_revision: u64,
    /// Whether it serves what was asked for.
    pub serves: bool,
}

impl Control {
    /// On how many live nodes a revision is served: as soon as it is on all of them, or once `wait` is over. None where
    /// nothing is served, or when the nodes cannot be told for the moment: what was committed stays committed.
    pub async fn live(&self, revision: u64, wait: Duration) -> Option<Live> {
        match watch(self.nodes()?, revision, wait).await {
            Ok(live) => Some(live),
            Err(error) => {
                warn!(%error, revision, "Nobody can say which nodes serve revision {revision}");
                None
            }
        }
    }
}

impl Context {
    /// As [`Control::live`], for whoever may see deployments.
    ///
    /// # Errors
    /// When the caller may not, nobody committed that revision yet, or the store is away.
    pub async fn read_live(&self, revision: u64, wait: Duration) -> Result<Live, Error> {
        self.may(Action::ListDeployments, &ResourcePath::all(Noun::Deployment)).await?;
        let newest = self.documents().head().await?;
        if revision > newest {
            return Err(Error::NotCommitted { revision, newest });
        }
        match self.control.nodes() {
            Some(nodes) => watch(nodes, revision, wait).await,
            None => Ok(Live::of(&[], revision)),
        }
    }
}

async fn watch(nodes: &dyn Nodes, revision: u64, wait: Duration) -> Result<Live, Error> {
    let deadline = Instant::now() + wait;
    let mut served = nodes.served();
    loop {
        // Before the look, so that what moves during it is noticed.
        served.borrow_and_update();
        let live = Live::of(&nodes.list().await?, revision);
        if live.is_everywhere() || Instant::now() >= deadline {
            return Ok(live);
        }
        let again = deadline.min(Instant::now() + LOOK_AGAIN);
        // The other end goes with the process.
        if let Ok(Err(_)) = timeout_at(again, served.changed()).await {
            return Ok(live);
        }
    }
}

impl Live {
    fn of(nodes: &[Node], revision: u64) -> Self {
        let live = nodes.iter().filter(|node| is_live(node));
        let nodes: Vec<LiveNode> = live.map(|node| LiveNode::of(node, revision)).collect();
        let serving = nodes.iter().filter(|node| node.serves).count();
        let of = nodes.len();
        let mut sentence = format!("live on {serving} of {of}");
        let lagging: Vec<String> = nodes.iter().filter(|node| !node.serves).map(LiveNode::lag).collect();
        if !lagging.is_empty() {
            sentence = format!("{sentence}; not yet on {}", lagging.join(", "));
        }
        Self { serving, of, sentence, nodes }
    }

    /// Whether every live node serves it, and there is one.
    #[must_use]
    pub const fn is_everywhere(&self) -> bool {
        self.of > 0 && self.serving == self.of
    }
}

impl LiveNode {
    fn of(node: &Node, revision: u64) -> Self {
        let served_revision = node.report.served_revision;
        let (id, name) = (NodeId(node.report.id), node.report.name.clone());
        Self { id, name, served_revision, serves: served_revision >= revision }
    }

    fn lag(&self) -> String {
        format!("{} (at revision {})", self.name, self.served_revision)
    }
}
