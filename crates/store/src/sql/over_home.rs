//! What every store over a home has in common: it is a store, whichever home that is.

use std::time::Duration;

use async_trait::async_trait;
use paifang_model::Id;
use paifang_model::id::TaskId;
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use paifang_model::telemetry::MinuteRow;
use tokio::sync::watch;

use crate::audit::{AuditPage, AuditQuery};
use crate::batch::Batch;
use crate::change::Changes;
use crate::digest::{Bucket, BucketContent, Digested};
use crate::document::Document;
use crate::error::{ChangesError, CommitError, ListError, ReadError, StoreError};
use crate::keys::{Keys, ResealPlace, Resealed};
use crate::node::{Node, NodeReport, NodeTable};
use crate::query::{Page, Query};
use crate::sql::{Database, Home};
use crate::store::{Commit, Store};
use crate::task::{Task, TaskItemPage, TaskItemQuery, TaskPage, TaskQuery, Tasks};
use crate::telemetry::{TelemetryNotAdded, TelemetryPoint, TelemetryQuery, TelemetryTable};

/// A public store, around its database.
pub(crate) trait OverHome: Send + Sync + 'static {
    /// Where its tables are.
    type Home: Home;

    /// What does its work.
    fn database(&self) -> &Database<Self::Home>;
}

#[async_trait]
impl<S: OverHome> Store for S {
    async fn get(&self, key: Key) -> Result<Option<Document>, ReadError> {
        self.database().get(key).await
    }

    async fn list(&self, query: &Query) -> Result<Page<Document>, ListError> {
        self.database().list(query).await
    }

    async fn commit(&self, batch: Batch) -> Result<Commit, CommitError> {
        self.database().commit(batch).await
    }

    async fn changes(&self, after: u64, limit: u32) -> Result<Changes, ChangesError> {
        self.database().changes(after, limit).await
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.database().watch()
    }

    async fn head(&self) -> Result<u64, StoreError> {
        self.database().head().await
    }

    async fn compact(&self, keep_revisions: u64) -> Result<u64, StoreError> {
        self.database().compact(keep_revisions).await
    }

    async fn keys(&self) -> Result<Keys, StoreError> {
        self.database().keys().await
    }

    async fn reseal(&self, after: Option<ResealPlace>, at_most: u32) -> Result<Resealed, StoreError> {
        self.database().reseal(after, at_most).await
    }

    async fn digest(&self, kinds: &[Kind]) -> Result<Digested, StoreError> {
        self.database().digest(kinds).await
    }

    async fn bucket(&self, bucket: Bucket) -> Result<BucketContent, StoreError> {
        self.database().bucket(bucket).await
    }

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError> {
        self.database().audit(query).await
    }
}

#[async_trait]
impl<S: OverHome> Tasks for S {
    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        self.database().task(id).await
    }

    async fn tasks(&self, query: &TaskQuery) -> Result<TaskPage, ListError> {
        self.database().tasks(query).await
    }

    async fn task_items(&self, query: &TaskItemQuery) -> Result<TaskItemPage, ListError> {
        self.database().task_items(query).await
    }
}

#[async_trait]
impl<S: OverHome> NodeTable for S {
    fn is_shared(&self) -> bool {
        S::Home::SHARED
    }

    async fn report(&self, report: &NodeReport) -> Result<(), StoreError> {
        self.database().report(report).await
    }

    async fn nodes(&self) -> Result<Vec<Node>, StoreError> {
        self.database().nodes().await
    }

    async fn leave(&self, node: Id) -> Result<(), StoreError> {
        self.database().leave(node).await
    }

    async fn forget_silent(&self, silent: Duration) -> Result<(), StoreError> {
        self.database().forget_silent(silent).await
    }
}

#[async_trait]
impl<S: OverHome> TelemetryTable for S {
    async fn add_telemetry(&self, node: Id, rows: &[MinuteRow]) -> Result<(), TelemetryNotAdded> {
        self.database().add_telemetry(node, rows).await
    }

    async fn read_telemetry(&self, query: &TelemetryQuery) -> Result<Vec<TelemetryPoint>, StoreError> {
        self.database().read_telemetry(query).await
    }

    async fn forget_telemetry(&self, before: i64) -> Result<(), StoreError> {
        self.database().forget_telemetry(before).await
    }
}
