//! The store in a PostgreSQL database, which several processes share.

mod address;
mod home;
mod layout;
mod session;
mod watcher;

use std::io;

use async_trait::async_trait;

use crate::backup::{BackupError, BackupHeader, RestoreError};
use crate::error::{ListError, StoreError};
use crate::finding::Finding;
use crate::keyring::MasterKey;
use crate::query::Query;
use crate::sql::{Database, OverHome, backup};
use crate::upkeep::{AsNoun, Upkeep};
pub use address::{BadAddress, PostgresAddress};
use home::PostgresHome;

/// A store in a PostgreSQL database, version 13 or newer. Any number of processes may use it at the same time: their
/// changes are made one after another, and [`crate::Store::watch`] moves with the changes of all.
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
    /// As [`crate::Store::list`].
    pub async fn explain(&self, query: &Query) -> Result<Vec<String>, ListError> {
        self.database.explain(query).await
    }
}

impl OverHome for PostgresStore {
    type Home = PostgresHome;

    fn database(&self) -> &Database<PostgresHome> {
        &self.database
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
