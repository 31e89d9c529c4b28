//! A shared store that is away when the process starts: it is opened as soon as it is there. Until then everything that
//! asks for it is told so, and what was served last is served on.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use paifang_model::id::TaskId;
use paifang_model::telemetry::MinuteRow;
use paifang_model::{Id, Key, Kind};
use paifang_store::{
    AuditPage, AuditQuery, Batch, Bucket, BucketContent, Changes, ChangesError, Commit, CommitError,
    Digested, Document, Keys, ListError, Node, NodeReport, NodeTable, Page, Query, ReadError, ResealPlace,
    Resealed, Store, StoreError, Task, TaskItemPage, TaskItemQuery, TaskPage, TaskQuery, Tasks,
    TelemetryNotAdded, TelemetryPoint, TelemetryQuery, TelemetryTable,
};
use tokio::sync::watch;
use tracing::{debug, error, info};

use crate::open_store::{Opened, StorePlace, WithoutKey};

/// How long it is left alone between two tries.
const REST: Duration = Duration::from_secs(1);

/// The store, once it is open.
pub(super) struct LateStore {
    opened: OnceLock<Open>,
    head: watch::Sender<u64>,
}

/// A store that is open, by what it is used for.
struct Open {
    store: Arc<dyn Store>,
    nodes: Arc<dyn NodeTable>,
    telemetry: Arc<dyn TelemetryTable>,
}

impl LateStore {
    /// Begins to try.
    pub(super) fn start(place: StorePlace) -> Arc<Self> {
        let late = Arc::new(Self { opened: OnceLock::new(), head: watch::Sender::new(0) });
        tokio::spawn(Arc::clone(&late).open(place));
        late
    }

    /// Waits until it is open.
    pub(super) async fn opened(&self) {
        // The sender lives in this very value.
        let _ = self.head.subscribe().wait_for(|_| self.opened.get().is_some()).await;
    }

    async fn open(self: Arc<Self>, place: StorePlace) {
        let open = loop {
            tokio::time::sleep(REST).await;
            match place.open(WithoutKey::GiveUp).await {
                Ok(Opened { store, nodes, telemetry, .. }) => break Open { store, nodes, telemetry },
                Err(error) if is_away(&error) => debug!("The store is still away: {error:#}"),
                // Nothing that goes by itself; but what is served is worth more than an end.
                Err(error) => error!("The store cannot be opened: {error:#}"),
            }
        };
        info!("The store is there: it is managed again");
        let mut head = open.store.watch();
        // Nobody else sets it.
        let _ = self.opened.set(open);
        loop {
            let newest = *head.borrow_and_update();
            self.head.send_replace(newest);
            if head.changed().await.is_err() {
                return;
            }
        }
    }

    fn store(&self) -> Result<&dyn Store, StoreError> {
        self.opened.get().map(|open| &*open.store).ok_or(StoreError::NotOpen)
    }

    fn table(&self) -> Result<&dyn NodeTable, StoreError> {
        self.opened.get().map(|open| &*open.nodes).ok_or(StoreError::NotOpen)
    }

    fn telemetry(&self) -> Result<&dyn TelemetryTable, StoreError> {
        self.opened.get().map(|open| &*open.telemetry).ok_or(StoreError::NotOpen)
    }
}

/// Whether a store could not be opened because its database is away.
pub(super) fn is_away(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(StoreError::Database { .. }))
}

#[async_trait]
impl Store for LateStore {
    async fn get(&self, key: Key) -> Result<Option<Document>, ReadError> {
        self.store()?.get(key).await
    }

    async fn list(&self, query: &Query) -> Result<Page<Document>, ListError> {
        self.store()?.list(query).await
    }

    async fn commit(&self, batch: Batch) -> Result<Commit, CommitError> {
        self.store()?.commit(batch).await
    }

    async fn changes(&self, after: u64, limit: u32) -> Result<Changes, ChangesError> {
        self.store()?.changes(after, limit).await
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    async fn head(&self) -> Result<u64, StoreError> {
        self.store()?.head().await
    }

    async fn compact(&self, keep_revisions: u64) -> Result<u64, StoreError> {
        self.store()?.compact(keep_revisions).await
    }

    async fn keys(&self) -> Result<Keys, StoreError> {
        self.store()?.keys().await
    }

    async fn reseal(&self, after: Option<ResealPlace>, at_most: u32) -> Result<Resealed, StoreError> {
        self.store()?.reseal(after, at_most).await
    }

    async fn digest(&self, kinds: &[Kind]) -> Result<Digested, StoreError> {
        self.store()?.digest(kinds).await
    }

    async fn bucket(&self, bucket: Bucket) -> Result<BucketContent, StoreError> {
        self.store()?.bucket(bucket).await
    }

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError> {
        self.store()?.audit(query).await
    }
}

#[async_trait]
impl Tasks for LateStore {
    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        self.store()?.task(id).await
    }

    async fn tasks(&self, query: &TaskQuery) -> Result<TaskPage, ListError> {
        self.store()?.tasks(query).await
    }

    async fn task_items(&self, query: &TaskItemQuery) -> Result<TaskItemPage, ListError> {
        self.store()?.task_items(query).await
    }
}

#[async_trait]
impl NodeTable for LateStore {
    /// One that is away is somewhere else, where others reach it too.
    fn is_shared(&self) -> bool {
        self.table().map_or(true, |table| table.is_shared())
    }

    async fn report(&self, report: &NodeReport) -> Result<(), StoreError> {
        self.table()?.report(report).await
    }

    async fn nodes(&self) -> Result<Vec<Node>, StoreError> {
        self.table()?.nodes().await
    }

    async fn leave(&self, node: Id) -> Result<(), StoreError> {
        self.table()?.leave(node).await
    }

    async fn forget_silent(&self, silent: Duration) -> Result<(), StoreError> {
        self.table()?.forget_silent(silent).await
    }
}

#[async_trait]
impl TelemetryTable for LateStore {
    async fn add_telemetry(&self, node: Id, rows: &[MinuteRow]) -> Result<(), TelemetryNotAdded> {
        let table = self.telemetry().map_err(|source| TelemetryNotAdded { added: 0, source })?;
        table.add_telemetry(node, rows).await
    }

    async fn read_telemetry(&self, query: &TelemetryQuery) -> Result<Vec<TelemetryPoint>, StoreError> {
        self.telemetry()?.read_telemetry(query).await
    }

    async fn forget_telemetry(&self, before: i64) -> Result<(), StoreError> {
        self.telemetry()?.forget_telemetry(before).await
    }
}
