//! The store in a PostgreSQL database, which several processes share.

mod address;
mod home;
mod layout;
mod session;
mod watcher;

use std::io;
use std::time::Duration;

use async_trait::async_trait;
use paifang_model::Id;
use paifang_model::id::TaskId;
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use tokio::sync::watch;

use crate::audit::{AuditPage, AuditQuery};
use crate::backup::{BackupError, BackupHeader, RestoreError};
use crate::batch::Batch;
use crate::change::Changes;
use crate::digest::{Bucket, BucketContent, Digested};
use crate::document::Document;
use crate::error::{ChangesError, CommitError, ListError, ReadError, StoreError};
use crate::finding::Finding;
use crate::keyring::MasterKey;
use crate::keys::{Keys, ResealPlace, Resealed};
use crate::node::{Node, NodeReport, NodeTable};
use crate::query::{Page, Query};
use crate::sql::{Database, backup};
use crate::store::{Commit, Store};
use crate::task::{Task, TaskItemPage, TaskItemQuery, TaskPage, TaskQuery, Tasks};
use crate::upkeep::{AsNoun, Upkeep};
pub use address::{BadAddress, PostgresAddress};
use home::PostgresHome;

/// A store in a PostgreSQL database, version 13 or newer. Any number of processes may use it at the same time: their
/// changes are made one after another, and [`Store::watch`] moves with the changes of all.
///
/// While the database is away every operation fails within seconds; when it is back, everything goes on.
pub struct PostgresStore {
    database: Database<PostgresHome>,
}

impl PostgresStore {
    /// Connects with the master key that the store is sealed with, and makes the tables where there are none.
    ///
    /// # Errors
    /// When the database is away, too old, not ours, or laid out by a newer binary, or the master key is another one.
    pub async fn open(address: &PostgresAddress, master: MasterKey) -> Result<Self, StoreError> {
        let home = PostgresHome::open(address).await?;
        Ok(Self { database: Database::start(home, master).await? })
    }

    /// Restores a backup of whichever home into a database that nothing was stored in yet, all of it or nothing.
    ///
    /// # Errors
    /// When the backup is damaged or newer than this binary, the master key is not the one that it was sealed with, or
    /// something is stored already; and as [`PostgresStore::open`].
    pub async fn restore(
        address: &PostgresAddress,
        master: &MasterKey,
        mut from: impl io::Read + io::Seek + Send,
    ) -> Result<BackupHeader, RestoreError> {
        let home = PostgresHome::open(address).await?;
        backup::restore(&home, master, &mut from).await
    }

    /// How PostgreSQL finds the rows of a list (and of its total, where asked for), a step per line. A `Seq Scan`
    /// means that the list gets slower with every document.
    ///
    /// # Errors
    /// As [`Store::list`].
    pub async fn explain(&self, query: &Query) -> Result<Vec<String>, ListError> {
        self.database.explain(query).await
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn get(&self, key: Key) -> Result<Option<Document>, ReadError> {
        self.database.get(key).await
    }

    async fn list(&self, query: &Query) -> Result<Page<Document>, ListError> {
        self.database.list(query).await
    }

    async fn commit(&self, batch: Batch) -> Result<Commit, CommitError> {
        self.database.commit(batch).await
    }

    async fn changes(&self, after: u64, limit: u32) -> Result<Changes, ChangesError> {
        self.database.changes(after, limit).await
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.database.watch()
    }

    async fn head(&self) -> Result<u64, StoreError> {
        self.database.head().await
    }

    async fn compact(&self, keep_revisions: u64) -> Result<u64, StoreError> {
        self.database.compact(keep_revisions).await
    }

    async fn keys(&self) -> Result<Keys, StoreError> {
        self.database.keys().await
    }

    async fn reseal(&self, after: Option<ResealPlace>, at_most: u32) -> Result<Resealed, StoreError> {
        self.database.reseal(after, at_most).await
    }

    async fn digest(&self, kinds: &[Kind]) -> Result<Digested, StoreError> {
        self.database.digest(kinds).await
    }

    async fn bucket(&self, bucket: Bucket) -> Result<BucketContent, StoreError> {
        self.database.bucket(bucket).await
    }

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError> {
        self.database.audit(query).await
    }
}

#[async_trait]
impl Tasks for PostgresStore {
    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        self.database.task(id).await
    }

    async fn tasks(&self, query: &TaskQuery) -> Result<TaskPage, ListError> {
        self.database.tasks(query).await
    }

    async fn task_items(&self, query: &TaskItemQuery) -> Result<TaskItemPage, ListError> {
        self.database.task_items(query).await
    }
}

#[async_trait]
impl Upkeep for PostgresStore {
    async fn back_up(
        &self,
        into: &mut (dyn io::Write + Send),
        now: i64,
    ) -> Result<BackupHeader, BackupError> {
        self.database.back_up(into, now).await
    }

    async fn check(&self, as_noun: &AsNoun) -> Result<Vec<Finding>, StoreError> {
        self.database.check(as_noun).await
    }
}

#[async_trait]
impl NodeTable for PostgresStore {
    fn is_shared(&self) -> bool {
        true
    }

    async fn report(&self, report: &NodeReport) -> Result<(), StoreError> {
        self.database.report(report).await
    }

    async fn nodes(&self) -> Result<Vec<Node>, StoreError> {
        self.database.nodes().await
    }

    async fn leave(&self, node: Id) -> Result<(), StoreError> {
        self.database.leave(node).await
    }

    async fn forget_silent(&self, silent: Duration) -> Result<(), StoreError> {
        self.database.forget_silent(silent).await
    }
}
