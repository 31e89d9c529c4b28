//! Follows the store and tells the data plane what to serve: the only place that has both in view.
//!
//! At a start, what was served last is read from the last-good file, or else everything from the store; then whole
//! revisions as they come. What has been passed on is remembered by key and revision alone: what is gone can be taken
//! back when the feed has been cut and everything is read again, and what was missed is found by comparing digests.

mod defects;
mod follow;
mod item;
mod last_good;
mod load;
mod seen;
#[cfg(test)]
mod tests;
mod translate;

use std::sync::{Arc, Weak};
use std::time::Duration;

use paifang_proxy::Gateway;
use paifang_proxy::config::{Change, Update};
use paifang_store::{Bucket, ChangesError, ListError, Store, StoreError};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;
use tracing::{error, info, warn};

pub(crate) use defects::Defects;
use follow::Step;
use item::Item;
use last_good::LastGood;
pub(crate) use last_good::Place;
use seen::Seen;

/// How long a store that fails is left alone.
const REST: Duration = Duration::from_secs(1);

/// How often what is served is compared with what is stored.
const COMPARE_EVERY: Duration = Duration::from_secs(3600);

/// Pieces of everything that are read before the one that is passed on.
const PIECES_AHEAD: usize = 1;

/// How soon it is tried again when the store failed.
const COMPARE_AGAIN: Duration = Duration::from_secs(10);

/// Follows the store.
pub(crate) struct Publisher {
    store: Arc<dyn Store>,
    gateway: Weak<Gateway>,
    defects: Defects,
    /// What the data plane was told.
    seen: Seen,
    head: watch::Receiver<u64>,
    /// The newest revision when it was last looked at.
    last_head: u64,
    last_good: Option<LastGood>,
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
        let (last_head, gateway) = (*head.borrow(), Arc::downgrade(gateway));
        Self { store, gateway, defects, seen: Seen::default(), head, last_head, last_good: None }
    }

    /// Publishes what was served last, and from now on keeps it there; the revision that is served, if there is one. Only
    /// pieces of it are in memory at a time.
    pub(crate) async fn restore(&mut self, place: Place) -> Option<u64> {
        let opened = tokio::task::spawn_blocking(|| LastGood::open(place)).await.ok()?;
        let (last_good, kept) = opened
            .inspect_err(|error| warn!(%error, "What is served is not kept for the next start: {error}"))
            .ok()?;
        self.last_good = Some(last_good);
        let kept = kept?;
        let revision = kept.revision;
        let (give, mut pieces) = mpsc::channel(PIECES_AHEAD);
        let reading =
            tokio::task::spawn_blocking(move || kept.read(|items| give.blocking_send(items).is_ok()));
        while let Some(items) = pieces.recv().await {
            self.prepare(&items).await.ok()?;
        }
        // What was passed on before it failed is remembered, and taken back where the store does not have it.
        reading
            .await
            .ok()?
            .inspect_err(|error| warn!(%error, "Reading what was served failed: {error}"))
            .ok()?;
        let documents = self.seen.len();
        info!(documents, revision, "Starting from {documents} documents served at revision {revision}");
        self.publish(Update { revision, changes: Vec::new() }).await.ok()?;
        Some(revision)
    }

    /// Looks for newer revisions there from now on.
    pub(crate) fn follow_by(&mut self, head: watch::Receiver<u64>) {
        self.last_head = *head.borrow();
        self.head = head;
    }

    /// Keeps what is served there, whatever stands there now: everything has to be read anew.
    pub(crate) fn keep(&mut self, place: Place) {
        let opened = LastGood::open(place);
        let opened = opened
            .inspect_err(|error| warn!(%error, "What is served is not kept for the next start: {error}"));
        self.last_good = opened.ok().map(|(last_good, _)| last_good);
    }

    /// Runs until told to end, or the data plane ends. A store that fails is asked again; what is served stays served, and
    /// at the end it is written down, from where on it is not kept any more.
    pub(crate) async fn run(mut self, served: Option<u64>, end: oneshot::Receiver<()>) -> Self {
        tokio::select! {
            () = self.work(served) => {}
            _ = end => {}
        }
        if let Some(last_good) = self.last_good.take() {
            let _ = tokio::task::spawn_blocking(|| last_good.end()).await;
        }
        self
    }

    async fn work(&mut self, mut served: Option<u64>) {
        // What was not just read from the store itself is compared with it soon.
        let mut compare_at = Instant::now() + if served.is_some() { REST } else { COMPARE_EVERY };
        loop {
            let outcome = match served {
                None => self.load().await,
                Some(after) => tokio::select! {
                    outcome = self.follow(after) => outcome,
                    () = tokio::time::sleep_until(compare_at) => {
                        let compared = self.compare(after).await;
                        compare_at = Instant::now() + if compared.is_ok() { COMPARE_EVERY } else { COMPARE_AGAIN };
                        compared
                    }
                },
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
        self.last_good.as_ref().inspect(|last_good| last_good.begin());
        // What was there before stays known until all of what is there now is.
        let before = std::mem::take(&mut self.seen);
        let store = Arc::clone(&self.store);
        let (give, pieces) = mpsc::channel(PIECES_AHEAD);
        let read = tokio::try_join!(load::everything(&*store, give), self.prepare_all(pieces));
        let (revision, ()) = read.inspect_err(|_| self.seen.absorb(&before))?;
        self.last_good.as_ref().inspect(|last_good| last_good.close(&[], revision));
        let changes = before.without(&self.seen).map(Change::Delete).collect();
        let documents = self.seen.len();
        self.publish(Update { revision, changes }).await?;
        info!(documents, revision, "Read {documents} documents at revision {revision}");
        Ok(revision)
    }

    async fn prepare_all(&mut self, mut pieces: mpsc::Receiver<Vec<Item>>) -> Result<(), Trouble> {
        while let Some(items) = pieces.recv().await {
            self.last_good.as_ref().inspect(|last_good| last_good.note(&items));
            self.prepare(&items).await?;
        }
        Ok(())
    }

    /// Waits for what comes after a revision, and passes it on.
    async fn follow(&mut self, after: u64) -> Result<u64, Trouble> {
        // A head that went back is that of an older copy of the database: asking for more will tell.
        let last_head = &mut self.last_head;
        let moved = self.head.wait_for(|head| {
            let went_back = *head < std::mem::replace(last_head, *head);
            went_back || *head > after
        });
        // The other end is the store, which lives as long as this.
        moved.await.map_err(|_| Trouble::Ended)?;
        let Step { items, revision } = follow::changes(&*self.store, after).await?;
        self.pass_on(&items, revision).await?;
        Ok(revision)
    }

    /// Compares what is served with what is stored, and mends what differs: nothing does, unless something is broken. It
    /// goes kind by kind and bucket by bucket, and never has more of it in memory than that.
    async fn compare(&mut self, mut served: u64) -> Result<u64, Trouble> {
        for kind in translate::NEEDED {
            let digested = self.store.digest(&[kind]).await?;
            // What was served last is newer than an older copy of the database that was put back meanwhile.
            if digested.revision < served {
                return Err(Trouble::Cut(served));
            }
            for bucket in digested.digest.differing(&self.seen.digest(kind)) {
                served = self.mend(bucket, served).await?;
            }
        }
        Ok(served)
    }

    /// Reads a bucket, and passes on what was missed of it.
    async fn mend(&mut self, bucket: Bucket, mut served: u64) -> Result<u64, Trouble> {
        let content = self.store.bucket(bucket).await?;
        let at = content.revision;
        while served < at {
            served = self.follow(served).await?;
        }
        let content = item::of_bucket(&*self.store, content).await?;
        let missed = self.seen.missed(bucket, content, at);
        if !missed.is_empty() {
            let documents = missed.len();
            warn!(documents, "{documents} documents were not served as they are stored, and now are");
            self.pass_on(&missed, served).await?;
        }
        Ok(served)
    }

    async fn pass_on(&mut self, items: &[Item], revision: u64) -> Result<(), Trouble> {
        let changes = self.translate(items);
        self.last_good.as_ref().inspect(|last_good| last_good.close(items, revision));
        self.publish(Update { revision, changes }).await
    }

    fn translate(&mut self, items: &[Item]) -> Vec<Change> {
        items.iter().for_each(|item| self.seen.note(item));
        items.iter().filter_map(|item| translate::change(item, &self.defects)).collect()
    }

    /// Hands over what is served with the next update.
    async fn prepare(&mut self, items: &[Item]) -> Result<(), Trouble> {
        let changes = self.translate(items);
        let gateway = self.gateway.upgrade().ok_or(Trouble::Ended)?;
        gateway.prepare(changes).await.map_err(|_| Trouble::Ended)
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
