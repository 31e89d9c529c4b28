//! What a database must offer to be a home of the store.

use std::sync::Arc;

use tokio::sync::watch;

use crate::error::StoreError;
use crate::query::Query;
use crate::sql::{Row, Sql};

/// A database that keeps the store's tables.
pub(crate) trait Home: Send + Sync + 'static {
    /// Its connections.
    type Session: Session;

    /// Whether several processes may use it at a time.
    const SHARED: bool;

    /// A connection on which every read sees the same state, until it is dropped.
    fn snapshot(&self) -> impl Future<Output = Result<Self::Session, StoreError>> + Send;

    /// The connection that writes, in a transaction that has begun. No other change is made until it ends, by this
    /// process or another.
    fn transaction(&self) -> impl Future<Output = Result<Self::Session, StoreError>> + Send;

    /// A connection for single statements about what is no change: it does not queue for the turn to change something
    /// longer than it has to.
    fn aside(&self) -> impl Future<Output = Result<Self::Session, StoreError>> + Send;

    /// Starts whatever tells of changes that other processes make, and moves `head` with them until nobody watches it.
    /// Where there are no other processes there is nothing to start.
    fn follow(self: &Arc<Self>, _head: watch::Sender<u64>) {}
}

/// A connection.
pub(crate) trait Session: Send {
    /// The operator that matches a pattern whatever the case of its ASCII letters.
    const LIKE: &'static str;

    /// The expression for the time by the database's clock, in Unix milliseconds.
    const NOW: &'static str;

    /// How a plan is asked for.
    const EXPLAIN: Explain;

    /// Ends a statement within EXISTS that is to be worked out for one row after another, until a page is full.
    const FENCE: &'static str;

    /// Adds to a FROM, behind a leader, the rows of a field as `walk`; each is looked up by the leader's id.
    fn looked_up(sql: &mut Sql, query: &Query, field: &str);

    /// Runs one statement and collects its rows.
    fn rows(&mut self, sql: Sql) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;

    /// Runs one statement for what it does.
    fn run(&mut self, sql: Sql) -> impl Future<Output = Result<(), StoreError>> + Send {
        async move { self.rows(sql).await.map(drop) }
    }

    /// What the database's own check of itself finds; nothing where it has none that whoever connects may run.
    fn integrity(&mut self) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send {
        async { Ok(Vec::new()) }
    }

    /// Makes the transaction durable, and lets other processes know.
    fn commit(&mut self) -> impl Future<Output = Result<(), Unfinished>> + Send;

    /// Runs one statement that answers with a number.
    fn number(&mut self, sql: Sql) -> impl Future<Output = Result<u64, StoreError>> + Send {
        async move {
            let doing = sql.doing();
            let rows = self.rows(sql).await?;
            let number = rows.first().and_then(|row| row.unsigned(0, "number").ok());
            number.ok_or(StoreError::Damaged { doing })
        }
    }
}

/// How a database is asked for its plan of a statement.
pub(crate) struct Explain {
    /// What stands before the statement.
    pub(crate) before: &'static str,
    /// The column of the answer that holds a step.
    pub(crate) column: usize,
}

/// Why a transaction was not made durable.
pub(crate) enum Unfinished {
    /// Nothing of it was done.
    Undone(StoreError),
    /// It was done or it was not.
    Unknown(StoreError),
}
