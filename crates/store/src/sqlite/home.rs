//! The connections to a SQLite file: one that writes, a few that read.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};
use tokio::sync::Mutex;

use crate::error::StoreError;
use crate::sql::{Home, Session as _, Sql};
use crate::sqlite::layout;
use crate::sqlite::session::SqliteSession;

/// Connections that read at the same time; SQLite reads are short and of the processor.
const READERS: u32 = 4;

/// How long a statement waits for another program that has the file locked, a backup say.
const BUSY: Duration = Duration::from_secs(5);

/// How long a read waits for a free connection.
const ACQUIRE: Duration = Duration::from_secs(10);

/// Texts of statements that a connection keeps prepared.
const STATEMENTS: usize = 256;

/// Memory that the writer may take for pages, in SQLite's units of -1 KiB: what a change touches should fit, or its pages
/// go to the log more than once. It is never given back.
const WRITER_CACHE: &str = "-8192";

/// Memory that each reader may take for pages. Behind it is the operating system's, which is given back.
const READER_CACHE: &str = "-1024";

/// Bytes to which SQLite cuts its log after folding it into the file.
const LOG_BYTES: &str = "67108864";

/// A SQLite file, or memory.
pub(crate) struct SqliteHome {
    writer: Arc<Mutex<SqliteConnection>>,
    /// None in memory: there a second connection would see another database, so readers borrow the writer's.
    readers: Option<SqlitePool>,
}

impl SqliteHome {
    /// Opens the file or makes it.
    pub(crate) async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = options().filename(path);
        let mut writer = connect(&writing(options.clone())).await?;
        layout::prepare(&mut writer, path).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_lazy_with(options.read_only(true).pragma("cache_size", READER_CACHE));
        Ok(Self { writer: Arc::new(Mutex::new(writer)), readers: Some(readers) })
    }

    /// Opens a new database in memory.
    pub(crate) async fn open_in_memory() -> Result<Self, StoreError> {
        let mut writer = connect(&options().in_memory(true)).await?;
        layout::prepare(&mut writer, Path::new(":memory:")).await?;
        Ok(Self { writer: Arc::new(Mutex::new(writer)), readers: None })
    }

    /// The connection that writes, outside any transaction.
    pub(super) async fn writer(&self) -> SqliteSession {
        SqliteSession::Writer(Arc::clone(&self.writer).lock_owned().await)
    }
}

impl Home for SqliteHome {
    type Session = SqliteSession;

    /// One process uses a file at a time.
    const SHARED: bool = false;

    async fn snapshot(&self) -> Result<SqliteSession, StoreError> {
        match &self.readers {
            Some(readers) => {
                let begun = readers.begin().await.map_err(StoreError::when("opening a snapshot"));
                begun.map(SqliteSession::Snapshot)
            }
            None => Ok(self.writer().await),
        }
    }

    async fn transaction(&self) -> Result<SqliteSession, StoreError> {
        let mut session = self.writer().await;
        // IMMEDIATE takes the write lock now, not in the middle when it could only fail.
        session.run(Sql::new("beginning a transaction", "BEGIN IMMEDIATE")).await?;
        Ok(session)
    }

    /// A file has one connection that writes, and changes hold it only for milliseconds.
    async fn aside(&self) -> Result<SqliteSession, StoreError> {
        Ok(self.writer().await)
    }
}

fn options() -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .busy_timeout(BUSY)
        .statement_cache_capacity(STATEMENTS)
        .disable_statement_logging()
}

fn writing(options: SqliteConnectOptions) -> SqliteConnectOptions {
    // FULL syncs the log at every commit; NORMAL would lose the last ones when power fails.
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("journal_size_limit", LOG_BYTES)
        .pragma("cache_size", WRITER_CACHE)
}

async fn connect(options: &SqliteConnectOptions) -> Result<SqliteConnection, StoreError> {
    let connected = options.connect().await;
    connected.map_err(StoreError::when("opening the database"))
}
