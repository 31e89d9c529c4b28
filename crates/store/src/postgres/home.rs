//! The connections to a PostgreSQL database: one that writes, one that listens, one on which
//! nodes report themselves, a few that read.

use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions as _, Postgres};
use tokio::sync::{Mutex, watch};

use crate::error::StoreError;
use crate::postgres::address::PostgresAddress;
use crate::postgres::session::{PostgresSession, answered, is_lost};
use crate::postgres::{layout, watcher};
use crate::sql::Home;

/// Connections that read at the same time.
const READERS: u32 = 8;

/// How long a connection is waited for. Whoever manages the gateway gets an answer soon, also when it is that the
/// database is away.
const CONNECT: Duration = Duration::from_secs(2);

/// How long the first statement of a snapshot is waited for, with the connection.
const BEGIN: Duration = Duration::from_secs(3);

/// How long the turn to write is waited for: longer than [`SESSION`]'s `lock_timeout`, so that the database says why.
const TURN: Duration = Duration::from_secs(6);

/// How long a connection that nobody needs is kept.
const IDLE: Duration = Duration::from_secs(60);

/// Texts of statements that a connection keeps prepared.
const STATEMENTS: usize = 256;

const BEGIN_SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Every process queues for the head's row before it does anything. READ COMMITTED sees in each statement what was
/// committed by then, and behind that row nothing more is.
const BEGIN_CHANGE: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT revision FROM head FOR UPDATE";

/// An operator may have chosen not to wait for the disk; what is acknowledged here is on it.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'";

/// Every session's settings. The first three see to it that nobody waits for ever: neither for a statement, nor for
/// the turn to write, nor for a process that has the turn and went away. The others leave the planner one way to
/// answer a list, the one that its statement spells out: statistics are no reason to change it overnight.
const SESSION: [(&str, &str); 10] = [
    ("statement_timeout", "10s"),
    ("lock_timeout", "5s"),
    ("idle_in_transaction_session_timeout", "15s"),
    ("join_collapse_limit", "1"),
    ("from_collapse_limit", "1"),
    ("enable_seqscan", "off"),
    ("enable_bitmapscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("jit", "off"),
];

/// What is no change is said again soon: it need not wait for the disk, nor have changes wait for it there.
const NOT_DURABLE: [(&str, &str); 1] = [("synchronous_commit", "off")];

/// A PostgreSQL database.
pub(crate) struct PostgresHome {
    options: PgConnectOptions,
    /// None until it is needed, and after it broke.
    writer: Arc<Mutex<Option<PgConnection>>>,
    readers: PgPool,
    /// One connection, for statements that queue neither with changes nor with reads.
    aside: PgPool,
}

impl PostgresHome {
    /// Connects to the database and makes its tables, or brings them up to date.
    pub(crate) async fn open(address: &PostgresAddress) -> Result<Self, StoreError> {
        let options = address.options().options(SESSION);
        let options = options.statement_cache_capacity(STATEMENTS).disable_statement_logging();
        let options = match options.get_application_name() {
            Some(_) => options,
            None => options.application_name("paifang"),
        };
        let mut connection = connect(&options).await.map_err(StoreError::when("opening the database"))?;
        layout::prepare(&mut connection, address).await?;
        let readers = PgPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(CONNECT)
            .idle_timeout(IDLE)
            .test_before_acquire(false)
            .after_release(|connection, _| Box::pin(end_snapshot(connection)))
            .connect_lazy_with(options.clone());
        let aside = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(CONNECT)
            .idle_timeout(IDLE)
            .connect_lazy_with(options.clone().options(NOT_DURABLE));
        Ok(Self { options, writer: Arc::new(Mutex::new(Some(connection))), readers, aside })
    }

    /// A connection on which a snapshot has begun. Those that were idle while the database was started anew are
    /// found out by using them.
    async fn begun(&self) -> Result<PoolConnection<Postgres>, sqlx::Error> {
        let mut tries = 0..READERS;
        loop {
            let mut connection = self.readers.acquire().await?;
            match sqlx::raw_sql(BEGIN_SNAPSHOT).execute(&mut *connection).await {
                Ok(_) => return Ok(connection),
                Err(error) => {
                    connection.close_on_drop();
                    if !is_lost(&error) || tries.next().is_none() {
                        return Err(error);
                    }
                }
            }
        }
    }
}

impl Home for PostgresHome {
    type Session = PostgresSession;

    const SHARED: bool = true;

    async fn snapshot(&self) -> Result<PostgresSession, StoreError> {
        let begun = answered(BEGIN, self.begun()).await.map_err(StoreError::when("opening a snapshot"));
        begun.map(PostgresSession::Pooled)
    }

    async fn transaction(&self) -> Result<PostgresSession, StoreError> {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        // Taken out meanwhile: whoever is interrupted leaves no connection in a state that nobody knows.
        let begun = match writer.take() {
            Some(idle) => match take_turn(idle).await {
                Err(error) if is_broken(&error) => self.connect_and_take_turn().await,
                begun => begun,
            },
            None => self.connect_and_take_turn().await,
        };
        *writer = Some(begun.map_err(StoreError::when("waiting for the turn to change something"))?);
        Ok(PostgresSession::Writer(writer))
    }

    async fn aside(&self) -> Result<PostgresSession, StoreError> {
        let idle = answered(BEGIN, self.aside.acquire()).await;
        idle.map(PostgresSession::Pooled).map_err(StoreError::when("connecting to the database"))
    }

    fn follow(self: &Arc<Self>, head: watch::Sender<u64>) {
        watcher::start(Arc::clone(self), self.options.clone(), head);
    }
}

impl PostgresHome {
    async fn connect_and_take_turn(&self) -> Result<PgConnection, sqlx::Error> {
        take_turn(connect(&self.options).await?).await
    }
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    answered(CONNECT, async {
        let mut connection = options.connect().await?;
        sqlx::raw_sql(DURABLE).execute(&mut connection).await?;
        Ok(connection)
    })
    .await
}

async fn take_turn(mut connection: PgConnection) -> Result<PgConnection, sqlx::Error> {
    answered(TURN, sqlx::raw_sql(BEGIN_CHANGE).execute(&mut connection)).await?;
    Ok(connection)
}

/// Whether the other end has gone, and another connection may do: not when it only does not answer.
fn is_broken(error: &sqlx::Error) -> bool {
    let silent = matches!(error, sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut);
    is_lost(error) && !silent
}

/// Before a connection goes back to the pool.
async fn end_snapshot(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    answered(BEGIN, sqlx::raw_sql("ROLLBACK").execute(connection)).await.map(|_| true)
}
