//! The store in one SQLite file: nothing to install, nothing to run beside it.

mod home;
mod layout;
mod seal_old;
mod session;

pub use seal_old::SealedOld;

use std::io;
use std::path::Path;

use async_trait::async_trait;
use paifang_model::kind::Kind;

use crate::backup::{BackupError, BackupHeader, RestoreError};
use crate::batch::Write;
use crate::document::{Document, Unreadable};
use crate::error::{ListError, StoreError};
use crate::finding::Finding;
use crate::keyring::MasterKey;
use crate::query::Query;
use crate::sql::{Database, Home as _, OverHome, Session as _, Sql, backup, keys};
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
    /// As [`crate::Store::list`].
    pub async fn explain(&self, query: &Query) -> Result<Vec<String>, ListError> {
        self.database.explain(query).await
    }
}

impl OverHome for SqliteStore {
    type Home = SqliteHome;

    fn database(&self) -> &Database<SqliteHome> {
        &self.database
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
