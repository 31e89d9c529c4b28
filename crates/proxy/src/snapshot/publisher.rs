//! Makes a new snapshot of each update and hands it to the workers. Runs on a thread of its own: neither
//! compiling nor dropping old tables costs a worker anything.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use paifang_model::limits::Profile;
use tokio::sync::{mpsc, watch};

use super::Snapshot;
use super::builder::Builder;
use crate::config::Update;

/// At most one swap in this time: changes that come closer together are served together.
const SWAP_EVERY: Duration = Duration::from_millis(5);

/// How many updates may wait.
const WAITING_AT_MOST: usize = 1024;

/// The snapshot that is served, for the workers.
pub(crate) type Served = Arc<ArcSwap<Snapshot>>;

/// Takes updates and serves them.
#[derive(Debug, Clone)]
pub(crate) struct Publisher {
    updates: mpsc::Sender<Update>,
    served: Served,
    revision: watch::Receiver<u64>,
}

impl Publisher {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub(crate) fn start(profile: Profile) -> std::io::Result<Self> {
        let served: Served = Arc::new(ArcSwap::from_pointee(Snapshot::empty(profile)));
        let (updates, incoming) = mpsc::channel(WAITING_AT_MOST);
        let (announce, revision) = watch::channel(0);
        let thread = Thread {
            builder: Builder::new(profile),
            served: Arc::clone(&served),
            announce,
            retired: Vec::new(),
        };
        std::thread::Builder::new().name("publisher".to_owned()).spawn(move || thread.run(incoming))?;
        Ok(Self { updates, served, revision })
    }

    /// Hands an update over; it is served soon after. Waits when too many are waiting.
    ///
    /// # Errors
    /// When the thread has ended, which it does only with the process.
    pub(crate) async fn publish(&self, update: Update) -> Result<(), PublisherGone> {
        self.updates.send(update).await.map_err(|_| PublisherGone)
    }

    /// The snapshot that is served.
    pub(crate) fn served(&self) -> &Served {
        &self.served
    }

    /// The revision that is served, as it moves.
    pub(crate) fn revision(&self) -> watch::Receiver<u64> {
        self.revision.clone()
    }
}

/// The publisher's thread has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the publisher has ended")]
pub struct PublisherGone;

struct Thread {
    builder: Builder,
    served: Served,
    announce: watch::Sender<u64>,
    /// Snapshots that a worker may still hold; the last reference goes here, not on a worker.
    retired: Vec<Arc<Snapshot>>,
}

impl Thread {
    fn run(mut self, mut incoming: mpsc::Receiver<Update>) {
        while let Some(first) = incoming.blocking_recv() {
            let started = Instant::now();
            self.builder.apply(first);
            while let Ok(more) = incoming.try_recv() {
                self.builder.apply(more);
            }
            self.swap();
            // What arrives meanwhile is served together.
            if let Some(rest) = SWAP_EVERY.checked_sub(started.elapsed()) {
                std::thread::sleep(rest);
            }
        }
    }

    fn swap(&mut self) {
        let snapshot = self.builder.snapshot();
        let revision = snapshot.revision;
        self.retired.push(self.served.swap(Arc::new(snapshot)));
        self.retired.retain(|old| Arc::strong_count(old) > 1);
        self.announce.send_replace(revision);
        tracing::debug!(revision, "serving revision {revision}");
    }
}
