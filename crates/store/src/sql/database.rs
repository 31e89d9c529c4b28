//! A store over any home: reads go to snapshots, changes to the writer's queue.

use std::sync::Arc;

use paifang_model::record::Key;
use tokio::sync::{mpsc, oneshot, watch};

use crate::audit::{AuditPage, AuditQuery};
use crate::batch::Batch;
use crate::change::Changes;
use crate::document::Document;
use crate::error::{ChangesError, CommitError, ListError, ReadError, StoreError};
use crate::query::{Page, Query};
use crate::sql::writer::{self, Pending, Work};
use crate::sql::{Home, audit, feed, list, read};
use crate::store::Commit;

/// Changes that may wait for the writer before callers wait to hand theirs in.
const QUEUE: usize = 256;

/// Revisions forgotten in one transaction, so that compaction lets changes through.
const FORGET_STEP: u64 = 1000;

/// A store over a home.
pub(crate) struct Database<H: Home> {
    home: Arc<H>,
    queue: mpsc::Sender<Pending>,
    head: watch::Receiver<u64>,
}

impl<H: Home> Database<H> {
    /// Starts the writer of a home whose tables are there.
    pub(crate) async fn start(home: H) -> Result<Self, StoreError> {
        let home = Arc::new(home);
        let bounds = feed::bounds(&mut home.snapshot().await?).await?;
        let (head_sender, head) = watch::channel(bounds.head);
        let (queue, pending) = mpsc::channel(QUEUE);
        tokio::spawn(writer::run(Arc::clone(&home), pending, head_sender));
        Ok(Self { home, queue, head })
    }

    pub(crate) async fn get(&self, key: Key) -> Result<Option<Document>, ReadError> {
        read::document(&mut self.home.snapshot().await?, key).await
    }

    pub(crate) async fn list(&self, query: &Query) -> Result<Page<Document>, ListError> {
        list::page(&mut self.home.snapshot().await?, query).await
    }

    pub(crate) async fn explain(&self, query: &Query) -> Result<Vec<String>, ListError> {
        list::explain(&mut self.home.snapshot().await?, query).await
    }

    pub(crate) async fn commit(&self, batch: Batch) -> Result<Commit, CommitError> {
        self.submit(Work::Commit(batch)).await.map(|revision| Commit { revision })
    }

    pub(crate) async fn changes(&self, after: u64, limit: u32) -> Result<Changes, ChangesError> {
        feed::changes(&mut self.home.snapshot().await?, after, limit).await
    }

    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.head.clone()
    }

    pub(crate) async fn head(&self) -> Result<u64, StoreError> {
        Ok(feed::bounds(&mut self.home.snapshot().await?).await?.head)
    }

    pub(crate) async fn compact(&self, keep_revisions: u64) -> Result<u64, StoreError> {
        let feed::Bounds { head, floor } = feed::bounds(&mut self.home.snapshot().await?).await?;
        let (mut floor, target) = (floor, head.saturating_sub(keep_revisions));
        while floor < target {
            floor = target.min(floor + FORGET_STEP);
            // It expects nothing, so it is never refused.
            if let Err(CommitError::Store(error)) = self.submit(Work::Forget { through: floor }).await {
                return Err(error);
            }
        }
        Ok(floor)
    }

    pub(crate) async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError> {
        audit::page(&mut self.home.snapshot().await?, query).await
    }

    async fn submit(&self, work: Work) -> Result<u64, CommitError> {
        let (reply, answer) = oneshot::channel();
        self.queue.send(Pending { work, reply }).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}
