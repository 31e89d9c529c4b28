//! A store in memory that can be away, leave in doubt, and hold what a newer binary wrote.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use paifang_model::id::TaskId;
use paifang_model::record::{Fields, Record};
use paifang_model::{Id, Key, Kind};
use paifang_store::{
    AuditPage, AuditQuery, Batch, Bucket, BucketContent, Changes, ChangesError, Commit, CommitError,
    Digested, Document, Keys, ListError, Page, Query, ReadError, ResealPlace, Resealed, SqliteStore, Store,
    StoreError, Task, TaskItemPage, TaskItemQuery, TaskPage, TaskQuery, Tasks, Write,
};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

pub(crate) struct FakeStore {
    inner: SqliteStore,
    away: AtomicBool,
    doubtful: AtomicBool,
}

impl FakeStore {
    pub(crate) async fn new() -> Self {
        let inner = SqliteStore::open_in_memory().await.unwrap();
        Self { inner, away: AtomicBool::new(false), doubtful: AtomicBool::new(false) }
    }

    /// From now on it answers nothing.
    pub(crate) fn go_away(&self) {
        self.away.store(true, Ordering::SeqCst);
    }

    /// From now on nobody learns whether a change was made.
    pub(crate) fn leave_in_doubt(&self) {
        self.doubtful.store(true, Ordering::SeqCst);
    }

    /// Puts a group there that this binary cannot read.
    pub(crate) async fn put_newer_group(&self, now: i64) -> Id {
        let newer = NewerGroup { id: Id::random() };
        self.commit(Batch::at(now).write(Write::put(&newer))).await.unwrap();
        newer.id
    }

    fn here(&self) -> Result<&SqliteStore, StoreError> {
        if self.away.load(Ordering::SeqCst) { Err(StoreError::Closed) } else { Ok(&self.inner) }
    }
}

/// As a newer binary may write it.
#[derive(Serialize, Deserialize)]
struct NewerGroup {
    id: Id,
}

impl Record for NewerGroup {
    const KIND: Kind = Kind::Group;
    const SCHEMA: u32 = 99;

    fn id(&self) -> Id {
        self.id
    }

    fn fields(&self, fields: &mut Fields) {
        fields.lookup("name", "from the future").lookup("dialect", "alibaba");
    }
}

#[async_trait]
impl Store for FakeStore {
    async fn get(&self, key: Key) -> Result<Option<Document>, ReadError> {
        self.here()?.get(key).await
    }

    async fn list(&self, query: &Query) -> Result<Page<Document>, ListError> {
        self.here()?.list(query).await
    }

    async fn commit(&self, batch: Batch) -> Result<Commit, CommitError> {
        let made = self.here()?.commit(batch).await;
        if self.doubtful.load(Ordering::SeqCst) {
            Err(CommitError::Unknown(StoreError::Closed))
        } else {
            made
        }
    }

    async fn changes(&self, after: u64, limit: u32) -> Result<Changes, ChangesError> {
        self.here()?.changes(after, limit).await
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.inner.watch()
    }

    async fn head(&self) -> Result<u64, StoreError> {
        self.here()?.head().await
    }

    async fn compact(&self, keep_revisions: u64) -> Result<u64, StoreError> {
        self.here()?.compact(keep_revisions).await
    }

    async fn keys(&self) -> Result<Keys, StoreError> {
        self.here()?.keys().await
    }

    async fn reseal(&self, after: Option<ResealPlace>, at_most: u32) -> Result<Resealed, StoreError> {
        self.here()?.reseal(after, at_most).await
    }

    async fn digest(&self, kinds: &[Kind]) -> Result<Digested, StoreError> {
        self.here()?.digest(kinds).await
    }

    async fn bucket(&self, bucket: Bucket) -> Result<BucketContent, StoreError> {
        self.here()?.bucket(bucket).await
    }

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError> {
        self.here()?.audit(query).await
    }
}

#[async_trait]
impl Tasks for FakeStore {
    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        self.here()?.task(id).await
    }

    async fn tasks(&self, query: &TaskQuery) -> Result<TaskPage, ListError> {
        self.here()?.tasks(query).await
    }

    async fn task_items(&self, query: &TaskItemQuery) -> Result<TaskItemPage, ListError> {
        self.here()?.task_items(query).await
    }
}
