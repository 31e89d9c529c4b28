//! Nodes: the processes that serve from a store, as they report themselves. They are no documents, for a heartbeat is
//! no revision: they have a table of their own, beside the feed.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use async_trait::async_trait;
use paifang_model::Id;

use crate::error::StoreError;

/// Where nodes report themselves and find each other. The database's clock tells how old a report is, so that the
/// clocks of nodes need not agree.
#[async_trait]
pub trait NodeTable: Send + Sync {
    /// Whether several processes may serve from this store at a time. One that is alone need not say again and again
    /// that it is there.
    fn is_shared(&self) -> bool;

    /// Puts a node's report in place of its last one.
    ///
    /// # Errors
    /// When the database fails.
    async fn report(&self, report: &NodeReport) -> Result<(), StoreError>;

    /// Every node that did not leave, oldest start first.
    ///
    /// # Errors
    /// When the database fails, or holds a row that is none of ours.
    async fn nodes(&self) -> Result<Vec<Node>, StoreError>;

    /// Forgets a node: it has ended.
    ///
    /// # Errors
    /// When the database fails.
    async fn leave(&self, node: Id) -> Result<(), StoreError>;

    /// Forgets the nodes that have reported nothing for so long: they will not come back.
    ///
    /// # Errors
    /// When the database fails.
    async fn forget_silent(&self, silent: Duration) -> Result<(), StoreError>;
}

/// What a node says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeReport {
    /// Its id, the same from one start to the next.
    pub id: Id,
    /// What people call it: its machine's name.
    pub name: String,
    /// The version of its binary.
    pub version: String,
    /// When it was started, by its own clock: Unix milliseconds.
    pub started_at: i64,
    /// Where in its life it is.
    pub state: NodeState,
    /// The revision up to which it serves the configuration.
    pub served_revision: u64,
    /// Where it takes calls: host and port.
    pub http: String,
    /// Where it is managed: host and port.
    pub management: String,
}

/// A node, and when it was last heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it said.
    pub report: NodeReport,
    /// How long ago it said so.
    pub silent: Duration,
}

/// Where in its life a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeState {
    /// It has not served its configuration yet.
    Starting,
    /// It serves.
    Serving,
    /// It ends: it still answers calls, and takes no new ones soon.
    Draining,
}

impl NodeState {
    const ALL: [Self; 3] = [Self::Starting, Self::Serving, Self::Draining];

    /// Its name in the database and in answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Serving => "serving",
            Self::Draining => "draining",
        }
    }
}

impl fmt::Display for NodeState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for NodeState {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.name() == name).ok_or(())
    }
}
