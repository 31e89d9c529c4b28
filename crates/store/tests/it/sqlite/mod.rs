//! What is particular to SQLite: its file, its log, its plans.

mod layout;
mod log;
mod plans;
mod sealed;
mod trouble;

use paifang_store::{NodeTable, SqliteStore, TelemetryTable, Upkeep};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tempfile::TempDir;

use crate::suite::{Home, master};

/// A store in a file of a folder of its own.
pub(crate) struct File {
    store: SqliteStore,
    folder: TempDir,
}

impl File {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("store.db"), master()).await.unwrap();
        Self { store, folder }
    }

    pub(crate) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("store.db")
    }
}

impl Home for File {
    fn store(&self) -> &dyn Upkeep {
        &self.store
    }

    fn nodes(&self) -> &dyn NodeTable {
        &self.store
    }

    fn telemetry(&self) -> &dyn TelemetryTable {
        &self.store
    }

    async fn tamper(&self, sql: &'static str) {
        let options = SqliteConnectOptions::new().filename(self.path());
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

/// A store in memory.
pub(crate) struct Memory(SqliteStore);

impl Memory {
    pub(crate) async fn open() -> Self {
        Self(SqliteStore::open_in_memory().await.unwrap())
    }
}

impl Home for Memory {
    fn store(&self) -> &dyn Upkeep {
        &self.0
    }

    fn nodes(&self) -> &dyn NodeTable {
        &self.0
    }

    fn telemetry(&self) -> &dyn TelemetryTable {
        &self.0
    }

    async fn tamper(&self, _sql: &'static str) {
        panic!("nobody else gets at the memory")
    }
}
