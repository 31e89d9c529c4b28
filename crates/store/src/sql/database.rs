//! A store over any home: reads go to snapshots, changes to the writer's queue.

use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use paifang_model::Id;
use paifang_model::id::TaskId;
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use paifang_model::telemetry::MinuteRow;
use tokio::sync::{mpsc, oneshot, watch};

use crate::audit::{AuditPage, AuditQuery};
use crate::backup::{BackupError, BackupHeader};
use crate::batch::Batch;
use crate::change::Changes;
use crate::digest::{Bucket, BucketContent, Digested};
use crate::document::Document;
use crate::error::{ChangesError, CommitError, ListError, ReadError, StoreError};
use crate::finding::Finding;
use crate::keyring::{Keyring, MasterKey};
use crate::keys::{Keys, ResealPlace, Resealed};
use crate::node::{Node, NodeReport};
use crate::query::{Page, Query};
use crate::sql::writer::{self, Done, Pending, Work};
use crate::sql::{Home, audit, backup, digest, feed, keys, list, node, read, soundness, task, telemetry};
use crate::store::Commit;
use crate::task::{Task, TaskItemPage, TaskItemQuery, TaskPage, TaskQuery};
use crate::telemetry::{TelemetryNotAdded, TelemetryPoint, TelemetryQuery};
use crate::upkeep::AsNoun;

/// Changes that may wait for the writer before callers wait to hand theirs in.
const QUEUE: usize = 256;

/// Revisions forgotten in one transaction, so that compaction lets changes through.
const FORGET_STEP: u64 = 1000;

/// Minutes of telemetry forgotten by one statement, for the same reason.
const FORGET_MINUTES: i64 = 5;

/// A store over a home.
pub(crate) struct Database<H: Home> {
    home: Arc<H>,
    keyring: Arc<Keyring>,
    queue: mpsc::Sender<Pending>,
    head: watch::Receiver<u64>,
}

impl<H: Home> Database<H> {
    /// Opens the keyring of a home whose tables are there, and starts its writer.
    pub(crate) async fn start(home: H, master: MasterKey) -> Result<Self, StoreError> {
        let keyring = Arc::new(keys::unlock(&home, master, now()).await?);
        let home = Arc::new(home);
        let bounds = feed::bounds(&mut home.snapshot().await?).await?;
        let (head_sender, head) = watch::channel(bounds.head);
        let (queue, pending) = mpsc::channel(QUEUE);
        home.follow(head_sender.clone());
        tokio::spawn(writer::run((Arc::clone(&home), Arc::clone(&keyring)), pending, head_sender));
        Ok(Self { home, keyring, queue, head })
    }

    pub(crate) async fn get(&self, key: Key) -> Result<Option<Document>, ReadError> {
        read::document(&mut self.home.snapshot().await?, &self.keyring, key).await
    }

    pub(crate) async fn list(&self, query: &Query) -> Result<Page<Document>, ListError> {
        let query = self.keyring.digest_filters(query);
        list::page(&mut self.home.snapshot().await?, &self.keyring, &query).await
    }

    pub(crate) async fn explain(&self, query: &Query) -> Result<Vec<String>, ListError> {
        let query = self.keyring.digest_filters(query);
        list::explain(&mut self.home.snapshot().await?, &query).await
    }

    pub(crate) async fn commit(&self, mut batch: Batch) -> Result<Commit, CommitError> {
        self.keyring.digest_fields(&mut batch);
        match self.submit(Work::Commit(batch)).await? {
            Done::Revision(revision) => Ok(Commit { revision }),
            Done::Resealed(_) => Err(StoreError::Closed.into()),
        }
    }

    pub(crate) async fn changes(&self, after: u64, limit: u32) -> Result<Changes, ChangesError> {
        feed::changes(&mut self.home.snapshot().await?, &self.keyring, after, limit).await
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
            match self.submit(Work::Forget { through: floor }).await {
                // What is forgotten already may be forgotten again.
                Err(CommitError::Store(error) | CommitError::Unknown(error)) => return Err(error),
                // It expects nothing, so it is never refused.
                Ok(_) | Err(CommitError::Refused(_)) => {}
            }
        }
        Ok(floor)
    }

    pub(crate) async fn digest(&self, kinds: &[Kind]) -> Result<Digested, StoreError> {
        digest::of(&mut self.home.snapshot().await?, kinds).await
    }

    pub(crate) async fn bucket(&self, bucket: Bucket) -> Result<BucketContent, StoreError> {
        digest::bucket(&mut self.home.snapshot().await?, &self.keyring, bucket).await
    }

    pub(crate) async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError> {
        audit::page(&mut self.home.snapshot().await?, query).await
    }

    pub(crate) async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        task::one(&mut self.home.snapshot().await?, id).await
    }

    pub(crate) async fn tasks(&self, query: &TaskQuery) -> Result<TaskPage, ListError> {
        task::page(&mut self.home.snapshot().await?, query).await
    }

    pub(crate) async fn task_items(&self, query: &TaskItemQuery) -> Result<TaskItemPage, ListError> {
        task::item_page(&mut self.home.snapshot().await?, query).await
    }

    pub(crate) async fn back_up(
        &self,
        into: &mut (dyn io::Write + Send),
        now: i64,
    ) -> Result<BackupHeader, BackupError> {
        backup::write(&mut self.home.snapshot().await?, into, now).await
    }

    pub(crate) async fn check(&self, as_noun: &AsNoun) -> Result<Vec<Finding>, StoreError> {
        soundness::check(&mut self.home.snapshot().await?, &self.keyring, as_noun).await
    }

    pub(crate) async fn keys(&self) -> Result<Keys, StoreError> {
        keys::list(&mut self.home.snapshot().await?).await
    }

    pub(crate) async fn reseal(
        &self,
        after: Option<ResealPlace>,
        at_most: u32,
    ) -> Result<Resealed, StoreError> {
        // Mostly there is nothing to do, and then nobody who writes has to wait.
        if !keys::has_older(&mut self.home.snapshot().await?).await? {
            return Ok(Resealed::default());
        }
        match self.submit(Work::Reseal { after, at_most }).await {
            Ok(Done::Resealed(resealed)) => Ok(resealed),
            // What is sealed anew already may be sealed anew again.
            Err(CommitError::Store(error) | CommitError::Unknown(error)) => Err(error),
            // It expects nothing, so it is never refused.
            Ok(Done::Revision(_)) | Err(CommitError::Refused(_)) => Err(StoreError::Closed),
        }
    }

    pub(crate) fn home(&self) -> &H {
        &self.home
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    pub(crate) async fn report(&self, report: &NodeReport) -> Result<(), StoreError> {
        node::report(&mut self.home.aside().await?, report).await
    }

    pub(crate) async fn nodes(&self) -> Result<Vec<Node>, StoreError> {
        node::all(&mut self.home.snapshot().await?).await
    }

    pub(crate) async fn leave(&self, node: Id) -> Result<(), StoreError> {
        node::leave(&mut self.home.aside().await?, node).await
    }

    pub(crate) async fn forget_silent(&self, silent: Duration) -> Result<(), StoreError> {
        node::forget_silent(&mut self.home.aside().await?, silent).await
    }

    pub(crate) async fn add_telemetry(&self, node: Id, rows: &[MinuteRow]) -> Result<(), TelemetryNotAdded> {
        let mut added = 0;
        while added < rows.len() {
            let part = &rows[added..];
            let part = &part[..telemetry::next_part(part)];
            let one = async { telemetry::add(&mut self.home.aside().await?, node, part).await };
            one.await.map_err(|source| TelemetryNotAdded { added, source })?;
            added += part.len();
        }
        Ok(())
    }

    pub(crate) async fn read_telemetry(
        &self,
        query: &TelemetryQuery,
    ) -> Result<Vec<TelemetryPoint>, StoreError> {
        telemetry::read(&mut self.home.snapshot().await?, query).await
    }

    pub(crate) async fn forget_telemetry(&self, before: i64) -> Result<(), StoreError> {
        loop {
            // Not in a condition, where what is read from would be held until all is deleted.
            let oldest = telemetry::oldest(&mut self.home.snapshot().await?).await?;
            let Some(oldest) = oldest.filter(|oldest| *oldest < before) else { return Ok(()) };
            let through = before.min(oldest.saturating_add(FORGET_MINUTES));
            telemetry::forget(&mut self.home.aside().await?, through).await?;
        }
    }

    async fn submit(&self, work: Work) -> Result<Done, CommitError> {
        let (reply, answer) = oneshot::channel();
        self.queue.send(Pending { work, reply }).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

/// Unix milliseconds, for the keys that are made when a store is.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
