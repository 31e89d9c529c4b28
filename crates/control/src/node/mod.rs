//! Nodes: the processes that serve what is committed, and whether all of them do so by now.

mod list;
mod live;

pub use live::{Live, LiveNode};

use std::time::Duration;

use async_trait::async_trait;
use paifang_store::{Node, NodeState};
use tokio::sync::watch;

use crate::error::Error;

/// A node that was not heard of for so long is not counted on: it has ended without a word, or cannot reach the store.
pub const LIVE_WITHIN: Duration = Duration::from_secs(10);

/// The nodes that serve from the store, this process among them.
#[async_trait]
pub trait Nodes: Send + Sync {
    /// All that are known, oldest start first.
    ///
    /// # Errors
    /// When the store is away.
    async fn list(&self) -> Result<Vec<Node>, Error>;

    /// The revision that this process serves, as it moves: whoever waits for all nodes looks again then.
    fn served(&self) -> watch::Receiver<u64>;
}

/// Whether a node takes calls. One that starts takes none yet; one that drains still answers some, and follows changes
/// until it leaves.
#[must_use]
pub fn is_live(node: &Node) -> bool {
    node.silent < LIVE_WITHIN && node.report.state != NodeState::Starting
}
