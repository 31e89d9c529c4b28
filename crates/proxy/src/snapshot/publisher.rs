//! Makes a new snapshot of each update and hands it to the workers. Runs on a thread of its own: neither
//! compiling nor dropping old tables costs a worker anything.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use paifang_model::limits::Profile;
use tokio::sync::{mpsc, watch};

use super::Snapshot;
use super::builder::Builder;
use crate::config::{Change, Update};

/// At most one swap in this time: changes that come closer together are served together.
const SWAP_EVERY: Duration = Duration::from_millis(5);

/// How much may wait. Each is a thousand documents or so when everything is read, so few of them are many.
const WAITING_AT_MOST: usize = 4;

/// What the thread is told.
enum Told {
    /// Changes that are served with the next update.
    Part(Vec<Change>),
    /// With these, all is there up to a revision.
    Whole(Update),
}

/// The snapshot that is served, for the workers.
pub(crate) type Served = Arc<ArcSwap<Snapshot>>;

/// Takes updates and serves them.
#[derive(Debug, Clone)]
pub(crate) struct Publisher {
    told: mpsc::Sender<Told>,
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
        let (told, incoming) = mpsc::channel(WAITING_AT_MOST);
        let (announce, revision) = watch::channel(0);
        let thread = Thread {
            builder: Builder::new(profile),
            served: Arc::clone(&served),
            announce,
            retired: Vec::new(),
        };
        std::thread::Builder::new().name("publisher".to_owned()).spawn(move || thread.run(incoming))?;
        Ok(Self { told, served, revision })
    }

    /// Hands an update over; it is served soon after. Waits when too many are waiting.
    ///
    /// # Errors
    /// When the thread has ended, which it does only with the process.
    pub(crate) async fn publish(&self, update: Update) -> Result<(), PublisherGone> {
        self.tell(Told::Whole(update)).await
    }

    /// Hands changes over that are served with the next update, not before it. Waits when too many are waiting: what is
    /// read piece by piece never has to be there as a whole.
    ///
    /// # Errors
    /// When the thread has ended, which it does only with the process.
    pub(crate) async fn prepare(&self, changes: Vec<Change>) -> Result<(), PublisherGone> {
        self.tell(Told::Part(changes)).await
    }

    async fn tell(&self, told: Told) -> Result<(), PublisherGone> {
        self.told.send(told).await.map_err(|_| PublisherGone)
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
    fn run(mut self, mut incoming: mpsc::Receiver<Told>) {
        while let Some(first) = incoming.blocking_recv() {
            let started = Instant::now();
            if !self.take(first, &mut incoming) {
                continue;
            }
            // What arrives meanwhile is served together.
            if let Some(rest) = SWAP_EVERY.checked_sub(started.elapsed()) {
                std::thread::sleep(rest);
            }
        }
    }

    /// Takes all that waits; whether that made a snapshot. Parts of what follows are never served with an update that
    /// came before them.
    fn take(&mut self, first: Told, incoming: &mut mpsc::Receiver<Told>) -> bool {
        let (mut next, mut is_whole, mut swapped) = (Some(first), false, false);
        while let Some(told) = next {
            match told {
                Told::Part(changes) => {
                    if std::mem::take(&mut is_whole) {
                        self.swap();
                        swapped = true;
                    }
                    self.builder.prepare(changes);
                }
                Told::Whole(update) => {
                    self.builder.apply(update);
                    is_whole = true;
                }
            }
            next = incoming.try_recv().ok();
        }
        if is_whole {
            self.swap();
        }
        is_whole || swapped
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
