//! The store in one SQLite file: nothing to install, nothing to run beside it.

mod home;
mod layout;
mod session;

use std::path::Path;

use async_trait::async_trait;
use paifang_model::record::Key;
use tokio::sync::watch;

use crate::audit::{AuditPage, AuditQuery};
use crate::batch::Batch;
use crate::change::Changes;
use crate::document::Document;
use crate::error::{ChangesError, CommitError, ListError, ReadError, StoreError};
use crate::query::{Page, Query};
use crate::sql::Database;
use crate::store::{Commit, Store};
use home::SqliteHome;

/// A store in a SQLite file, or in memory for tests. One process uses a file at a time; who opens it sees to that.
///
/// Dropping the store lets it finish what was handed in.
pub struct SqliteStore {
    database: Database<SqliteHome>,
}

impl SqliteStore {
    /// Opens the file, or makes it where there is none; its folder must be there.
    ///
    /// # Errors
    /// When the file is not ours, was laid out by a newer binary, or cannot be opened.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let home = SqliteHome::open(path.as_ref()).await?;
        Ok(Self { database: Database::start(home).await? })
    }

    /// Opens a store that is gone when it is dropped.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub async fn open_in_memory() -> Result<Self, StoreError> {
        let home = SqliteHome::open_in_memory().await?;
        Ok(Self { database: Database::start(home).await? })
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

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError> {
        self.database.audit(query).await
    }
}
