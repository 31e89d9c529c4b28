//! The store in one SQLite file: nothing to install, nothing to run beside it.

mod home;
mod layout;
mod seal_old;
mod session;

pub use seal_old::SealedOld;

use std::io;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use paifang_model::Id;
use paifang_model::id::TaskId;
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use tokio::sync::watch;

use crate::audit::{AuditPage, AuditQuery};
use crate::backup::{BackupError, BackupHeader, RestoreError};
use crate::batch::{Batch, Write};
use crate::change::Changes;
use crate::digest::{Bucket, BucketContent, Digested};
use crate::document::{Document, Unreadable};
use crate::error::{ChangesError, CommitError, ListError, ReadError, StoreError};
use crate::finding::Finding;
use crate::keyring::MasterKey;
use crate::keys::{Keys, ResealPlace, Resealed};
use crate::node::{Node, NodeReport, NodeTable};
use crate::query::{Page, Query};
use crate::sql::{Database, Home as _, Session as _, Sql, backup, keys};
use crate::store::{Commit, Store};
use crate::task::{Task, TaskItemPage, TaskItemQuery, TaskPage, TaskQuery, Tasks};
use crate::upkeep::{AsNoun, Upkeep};
use home::SqliteHome;

/// A store in a SQLite file, or in memory for tests. One process uses a file at a time; who opens it sees to that.
///
/// Dropping the store lets it finish what was handed in.
pub struct SqliteStore {
    database: Database<SqliteHome>,
}

impl SqliteStore {
    /// Opens the file with the master key that it is sealed with, or makes it where there is none; its folder must be
    /// there.
    ///
    /// # Errors
    /// When the master key is another one, or the file is not ours, was laid out by a newer binary, or cannot be opened.
    pub async fn open(path: impl AsRef<Path>, master: MasterKey) -> Result<Self, StoreError> {
        let home = SqliteHome::open(path.as_ref()).await?;
        Ok(Self { database: Database::start(home, master).await? })
    }

    /// Opens a store that is gone when it is dropped, and its master key with it.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub async fn open_in_memory() -> Result<Self, StoreError> {
        let home = SqliteHome::open_in_memory().await?;
        Ok(Self { database: Database::start(home, MasterKey::random()?).await? })
    }

    /// Whether a file has a keyring, so that it opens with the master key alone that it was made with. What is not there
    /// or empty has none.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub async fn has_keyring(path: impl AsRef<Path>) -> Result<bool, StoreError> {
        if !std::fs::metadata(path.as_ref()).is_ok_and(|file| file.len() > 0) {
            return Ok(false);
        }
        let home = SqliteHome::open(path.as_ref()).await?;
        keys::is_there(&mut home.writer().await).await
    }

    /// Seals what a version without a keyring left in the file, in kinds whose documents had secrets then. `rewrite` says
    /// how today's binary writes a document. None when nothing was to be done; nobody else may use the store meanwhile.
    ///
    /// # Errors
    /// When the database fails; then it is done again at the next call.
    pub async fn seal_old(
        &self,
        kinds: &[Kind],
        rewrite: impl Fn(&Document) -> Result<Write, Unreadable>,
    ) -> Result<Option<SealedOld>, StoreError> {
        seal_old::run(&self.database, kinds, rewrite).await
    }

    /// Restores a backup of whichever home into a file that nothing was stored in yet, all of it or nothing.
    ///
    /// # Errors
    /// When the backup is damaged or newer than this binary, the master key is not the one that it was sealed with, or
    /// something is stored already; and as [`SqliteStore::open`].
    pub async fn restore(
        path: impl AsRef<Path>,
        master: &MasterKey,
        mut from: impl io::Read + io::Seek + Send,
    ) -> Result<BackupHeader, RestoreError> {
        let home = SqliteHome::open(path.as_ref()).await?;
        backup::restore(&home, master, &mut from).await
    }

    /// How SQLite finds the rows of a list (and of its total, where asked for), a step per line. A step that
    /// starts with `SCAN` and names a table means that the list gets slower with every document.
    ///
    /// # Errors
    /// As [`Store::list`].
    pub async fn explain(&self, query: &Query) -> Result<Vec<String>, ListError> {
        self.database.explain(query).await
    }
}

#[async_trait]
impl Store for SqliteStore {
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
impl Tasks for SqliteStore {
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
impl Upkeep for SqliteStore {
    async fn back_up(
        &self,
        into: &mut (dyn io::Write + Send),
        now: i64,
    ) -> Result<BackupHeader, BackupError> {
        let text = "SELECT unsealed FROM head";
        let mut session = self.database.home().snapshot().await?;
        if session.number(Sql::new("looking whether the file is sealed", text)).await? != 0 {
            return Err(BackupError::Unsealed);
        }
        drop(session);
        self.database.back_up(into, now).await
    }

    async fn check(&self, as_noun: &AsNoun) -> Result<Vec<Finding>, StoreError> {
        self.database.check(as_noun).await
    }
}

#[async_trait]
impl NodeTable for SqliteStore {
    /// One process uses a file at a time.
    fn is_shared(&self) -> bool {
        false
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
