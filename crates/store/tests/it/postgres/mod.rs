//! What is particular to PostgreSQL: its tables, its plans, several processes, and that it may go away.

mod away;
mod layout;
mod nodes;
mod plans;
mod tls;
mod together;
mod trouble;

use paifang_store::{NodeTable, PostgresStore, TelemetryTable, Upkeep};
use paifang_testkit::postgres::Database;

use crate::suite::{Home, master};

/// A store in a database of its own, in the server that all tests share.
pub(crate) struct Shared {
    store: PostgresStore,
    database: Database,
}

impl Shared {
    pub(crate) async fn open() -> Self {
        let database = Database::fresh();
        Self { store: open(&database).await, database }
    }
}

/// A store as another process would open it.
pub(crate) async fn open(database: &Database) -> PostgresStore {
    PostgresStore::open(&database.url().parse().unwrap(), master()).await.unwrap()
}

impl Home for Shared {
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
        // Bytes are written in another way here.
        self.database.sql(&sql.replace("X'", "'\\x"));
    }
}
