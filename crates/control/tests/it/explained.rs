//! A store that refuses every list which would walk through all documents: each story proves the lists it uses.

use async_trait::async_trait;
use paifang_model::id::TaskId;
use paifang_model::{Key, Kind};
use paifang_store::{
    AuditPage, AuditQuery, Batch, Bucket, BucketContent, Changes, ChangesError, Commit, CommitError,
    Digested, Document, Keys, ListError, Page, Query, ReadError, ResealPlace, Resealed, SqliteStore, Store,
    StoreError, Task, TaskItemPage, TaskItemQuery, TaskPage, TaskQuery, Tasks,
};
use tokio::sync::watch;

pub(crate) struct Explained(pub(crate) SqliteStore);

#[async_trait]
impl Store for Explained {
    async fn get(&self, key: Key) -> Result<Option<Document>, ReadError> {
        self.0.get(key).await
    }

    async fn list(&self, query: &Query) -> Result<Page<Document>, ListError> {
        let plan = self.0.explain(query).await?;
        let walks = plan.iter().any(|step| walks(step));
        assert!(!walks, "{query:?} walks through all documents:\n{}", plan.join("\n"));
        self.0.list(query).await
    }

    async fn commit(&self, batch: Batch) -> Result<Commit, CommitError> {
        self.0.commit(batch).await
    }

    async fn changes(&self, after: u64, limit: u32) -> Result<Changes, ChangesError> {
        self.0.changes(after, limit).await
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.0.watch()
    }

    async fn head(&self) -> Result<u64, StoreError> {
        self.0.head().await
    }

    async fn compact(&self, keep_revisions: u64) -> Result<u64, StoreError> {
        self.0.compact(keep_revisions).await
    }

    async fn keys(&self) -> Result<Keys, StoreError> {
        self.0.keys().await
    }

    async fn reseal(&self, after: Option<ResealPlace>, at_most: u32) -> Result<Resealed, StoreError> {
        self.0.reseal(after, at_most).await
    }

    async fn digest(&self, kinds: &[Kind]) -> Result<Digested, StoreError> {
        self.0.digest(kinds).await
    }

    async fn bucket(&self, bucket: Bucket) -> Result<BucketContent, StoreError> {
        self.0.bucket(bucket).await
    }

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError> {
        self.0.audit(query).await
    }
}

#[async_trait]
impl Tasks for Explained {
    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        self.0.task(id).await
    }

    async fn tasks(&self, query: &TaskQuery) -> Result<TaskPage, ListError> {
        self.0.tasks(query).await
    }

    async fn task_items(&self, query: &TaskItemQuery) -> Result<TaskItemPage, ListError> {
        self.0.task_items(query).await
    }
}

/// Whether a step goes through all rows of a table; those it may go through are what the steps before it chose.
fn walks(step: &str) -> bool {
    // A whole kind is as bad as a whole table.
    if step.ends_with("(kind=?)") {
        return true;
    }
    let scanned = step.trim_start().strip_prefix("SCAN ");
    scanned.is_some_and(|scanned| !["page", "leader", "met", "few"].contains(&scanned))
}
