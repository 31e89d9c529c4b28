//! What a database must offer to be a home of the store.

use crate::error::StoreError;
use crate::sql::{Row, Sql};

/// A database that keeps the store's tables.
pub(crate) trait Home: Send + Sync + 'static {
    /// Its connections.
    type Session: Session;

    /// The statement that starts a transaction which will write.
    const BEGIN: &'static str;

    /// A connection on which every read sees the same state, until it is dropped.
    fn snapshot(&self) -> impl Future<Output = Result<Self::Session, StoreError>> + Send;

    /// The connection that writes.
    fn writer(&self) -> impl Future<Output = Result<Self::Session, StoreError>> + Send;
}

/// A connection.
pub(crate) trait Session: Send {
    /// The operator that matches a pattern whatever the case of its ASCII letters.
    const LIKE: &'static str;

    /// Runs one statement and collects its rows.
    fn rows(&mut self, sql: Sql) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;

    /// Runs one statement for what it does.
    fn run(&mut self, sql: Sql) -> impl Future<Output = Result<(), StoreError>> + Send {
        async move { self.rows(sql).await.map(drop) }
    }

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
