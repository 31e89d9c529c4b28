//! Follows the store and tells the data plane what to serve: the only place that has both in view.
//!
//! At first everything is read, then whole revisions as they come. What the data plane is told is remembered by
//! key alone, so that what is gone can be taken back when the feed has been cut and everything is read again.

mod defects;
mod follow;
mod load;
#[cfg(test)]
mod tests;
mod translate;

use std::collections::HashSet;
use std::sync::{Arc, Weak};
use std::time::Duration;

use paifang_model::Key;
use paifang_proxy::Gateway;
use paifang_proxy::config::{Change, Update};
use paifang_store::{ChangesError, ListError, Store, StoreError};
use tokio::sync::watch;
use tracing::{error, info, warn};

pub(crate) use defects::Defects;

/// How long a store that fails is left alone.
const REST: Duration = Duration::from_secs(1);

/// Follows the store.
pub(crate) struct Publisher {
    store: Arc<dyn Store>,
    gateway: Weak<Gateway>,
    defects: Defects,
    /// What the data plane was told is there.
    told: HashSet<Key>,
    head: watch::Receiver<u64>,
    /// The newest revision when it was last looked at.
    seen: u64,
}

/// Why the publisher could not go on.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    /// What was asked for is no longer, or never was, in the feed.
    #[error("the change feed does not reach back to revision {0}")]
    Cut(u64),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The publisher asked for what cannot be listed, which is its own mistake.
    #[error(transparent)]
    Query(#[from] paifang_store::BadQuery),
    /// The data plane is gone: the process ends.
    #[error("the data plane has ended")]
    Ended,
}

impl Publisher {
    /// For a store and a data plane, which it does not keep alive.
    pub(crate) fn new(store: Arc<dyn Store>, gateway: &Arc<Gateway>, defects: Defects) -> Self {
        let head = store.watch();
        let seen = *head.borrow();
        Self { store, gateway: Arc::downgrade(gateway), defects, told: HashSet::new(), head, seen }
    }

    /// Runs until the data plane ends. A store that fails is asked again; what is served stays served.
    pub(crate) async fn run(mut self) {
        let mut served = None;
        loop {
            let outcome = match served {
                None => self.load().await,
                Some(after) => self.follow(after).await,
            };
            match outcome {
                Ok(revision) => served = Some(revision),
                Err(Trouble::Ended) => return,
                Err(Trouble::Cut(after)) => {
                    warn!(
                        after,
                        "The change feed does not reach back to revision {after}: reading everything"
                    );
                    served = None;
                }
                Err(trouble) => {
                    report(&trouble);
                    tokio::time::sleep(REST).await;
                }
            }
        }
    }

    /// Reads everything, with what changes meanwhile.
    async fn load(&mut self) -> Result<u64, Trouble> {
        let loaded = load::everything(&*self.store, &self.defects).await?;
        let gone: Vec<_> = self.told.iter().filter(|key| !loaded.keys.contains(key)).copied().collect();
        let documents = loaded.keys.len();
        self.told = loaded.keys;
        let mut changes = loaded.changes;
        changes.extend(gone.into_iter().map(Change::Delete));
        let revision = loaded.revision;
        self.publish(Update { revision, changes }).await?;
        info!(documents, revision, "Read {documents} documents at revision {revision}");
        Ok(revision)
    }

    /// Waits for what comes after a revision, and passes it on.
    async fn follow(&mut self, after: u64) -> Result<u64, Trouble> {
        // A head that went back is that of an older copy of the database: asking for more will tell.
        let seen = &mut self.seen;
        let moved = self.head.wait_for(|head| {
            let went_back = *head < std::mem::replace(seen, *head);
            went_back || *head > after
        });
        // The other end is the store, which lives as long as this.
        moved.await.map_err(|_| Trouble::Ended)?;
        let update = follow::changes(&*self.store, after, &self.defects).await?;
        for change in &update.changes {
            match change {
                Change::Put(document) => self.told.insert(translate::key(document)),
                Change::Delete(key) => self.told.remove(key),
            };
        }
        let revision = update.revision;
        self.publish(update).await?;
        Ok(revision)
    }

    async fn publish(&self, update: Update) -> Result<(), Trouble> {
        let gateway = self.gateway.upgrade().ok_or(Trouble::Ended)?;
        gateway.publish(update).await.map_err(|_| Trouble::Ended)
    }
}

/// With all its causes.
fn report(trouble: &(dyn std::error::Error + 'static)) {
    error!(error = trouble, "The store cannot be read; what is served stays served");
}

impl From<ListError> for Trouble {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Query(query) => Self::Query(query),
            ListError::Store(store) => Self::Store(store),
        }
    }
}

impl From<ChangesError> for Trouble {
    fn from(error: ChangesError) -> Self {
        match error {
            ChangesError::TooOld { after, .. } | ChangesError::Ahead { after, .. } => Self::Cut(after),
            ChangesError::Store(store) => Self::Store(store),
        }
    }
}
