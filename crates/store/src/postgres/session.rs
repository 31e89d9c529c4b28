//! One PostgreSQL connection: statements in, rows out. A connection that broke or fell silent is not used again.

use std::time::Duration;

use sqlx::encode::IsNull;
use sqlx::pool::PoolConnection;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{
    PgArgumentBuffer, PgArguments, PgConnection, PgDatabaseError, PgRow, PgSeverity, PgTypeInfo, PgValueRef,
};
use sqlx::{
    Arguments as _, AssertSqlSafe, Decode, Encode, Postgres, Row as _, Type, TypeInfo as _, ValueRef as _,
};
use tokio::sync::OwnedMutexGuard;

use crate::error::StoreError;
use crate::query::Query;
use crate::sql::{Explain, Row, Session, Sql, Unfinished, Value};

/// How long a statement's answer is waited for. The database itself gives up earlier ([`super::home`]); this is for
/// one that does not answer at all.
const ANSWER: Duration = Duration::from_secs(12);

/// Tells other processes, when the transaction is durable, that the feed has grown.
const COMMIT: &str = "NOTIFY paifang_changes; COMMIT";

/// A connection in use.
pub(crate) enum PostgresSession {
    /// One of a pool: a transaction that only reads, which the pool ends when the connection comes back, or a
    /// connection on which each statement is a transaction.
    Pooled(PoolConnection<Postgres>),
    /// The connection that writes, for as long as this is held; none after it broke.
    Writer(OwnedMutexGuard<Option<PgConnection>>),
}

impl Session for PostgresSession {
    // By the rules of collation "C", which the columns have, it ignores the case of ASCII letters.
    const LIKE: &'static str = "ILIKE";

    // Not now(), which is when the transaction began.
    const NOW: &'static str = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    const EXPLAIN: Explain = Explain { before: "EXPLAIN (COSTS OFF) ", column: 0 };

    // Without it PostgreSQL would turn EXISTS into a join, and work that out for all rows before the first page.
    const FENCE: &'static str = " OFFSET 0";

    // PostgreSQL orders joins as it likes, but LATERAL comes after what it refers to, and OFFSET keeps it whole.
    fn looked_up(sql: &mut Sql, query: &Query, field: &str) {
        sql.push("LATERAL (SELECT kind, id, scope, name, value FROM fields WHERE fields.kind = ")
            .bind(query.kind);
        sql.push(" AND fields.id = leader.id AND fields.name = ").bind(field).push(" OFFSET 0) walk");
    }

    async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>, StoreError> {
        let doing = sql.doing();
        let answer = match self.connection() {
            Some(connection) => answered(ANSWER, fetch(connection, sql)).await,
            None => Err(sqlx::Error::Io(std::io::ErrorKind::NotConnected.into())),
        };
        answer.inspect_err(|error| self.look_at(error)).map_err(StoreError::when(doing))
    }

    async fn commit(&mut self) -> Result<(), Unfinished> {
        let when = StoreError::when("ending a transaction");
        let Some(connection) = self.connection() else {
            return Err(Unfinished::Undone(when(sqlx::Error::Io(std::io::ErrorKind::NotConnected.into()))));
        };
        let ended = answered(ANSWER, sqlx::raw_sql(COMMIT).execute(connection)).await;
        ended.map(drop).inspect_err(|error| self.look_at(error)).map_err(|error| {
            if is_lost(&error) { Unfinished::Unknown(when(error)) } else { Unfinished::Undone(when(error)) }
        })
    }
}

impl PostgresSession {
    fn connection(&mut self) -> Option<&mut PgConnection> {
        match self {
            Self::Pooled(connection) => Some(connection),
            Self::Writer(connection) => connection.as_mut(),
        }
    }

    /// Gives the connection up when an error says that it is of no more use.
    fn look_at(&mut self, error: &sqlx::Error) {
        if is_lost(error) {
            match self {
                Self::Pooled(connection) => connection.close_on_drop(),
                Self::Writer(connection) => **connection = None,
            }
        }
    }
}

/// What a database answers within a time.
pub(super) async fn answered<T>(
    patience: Duration,
    asked: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    let silent = || sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, "it does not answer"));
    tokio::time::timeout(patience, asked).await.unwrap_or_else(|_| Err(silent()))
}

/// Whether a connection is of no more use after an error: all but those after which the database goes on.
pub(super) fn is_lost(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(error) = error else { return true };
    let error = error.try_downcast_ref::<PgDatabaseError>();
    error.is_none_or(|error| matches!(error.severity(), PgSeverity::Fatal | PgSeverity::Panic))
}

async fn fetch(connection: &mut PgConnection, sql: Sql) -> Result<Vec<Row>, sqlx::Error> {
    let (text, values) = sql.into_parts();
    let mut arguments = PgArguments::default();
    for value in values {
        bind(&mut arguments, value).map_err(sqlx::Error::Encode)?;
    }
    // An `Sql` holds only this crate's text.
    let rows = sqlx::query_with(AssertSqlSafe(text), arguments).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

fn bind(arguments: &mut PgArguments, value: Value) -> Result<(), sqlx::error::BoxDynError> {
    match value {
        Value::Null => arguments.add(Unknown),
        Value::Int(number) => arguments.add(number),
        // PostgreSQL's text has no NUL. No field has one either, so nothing is found that should not be.
        Value::Text(text) => {
            arguments.add(if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text })
        }
        Value::Bytes(bytes) => arguments.add(bytes),
    }
}

/// A NULL of whichever type its place has.
struct Unknown;

impl Type<Postgres> for Unknown {
    fn type_info() -> PgTypeInfo {
        // "Placing a zero here is equivalent to leaving the type unspecified" (PostgreSQL's documentation, "Message
        // Formats", Parse).
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl Encode<'_, Postgres> for Unknown {
    fn encode_by_ref(&self, _buffer: &mut PgArgumentBuffer) -> Result<IsNull, sqlx::error::BoxDynError> {
        Ok(IsNull::Yes)
    }
}

fn read(row: &PgRow) -> Result<Row, sqlx::Error> {
    let values = (0..row.len()).map(|index| row.try_get_raw(index).map(value));
    values.collect::<Result<_, _>>().map(Row)
}

/// The value as its column has it. What is of no use reads as NULL.
fn value(raw: PgValueRef<'_>) -> Value {
    if raw.is_null() {
        return Value::Null;
    }
    let sort = raw.type_info().name().to_owned();
    match sort.as_str() {
        "INT8" => <i64 as Decode<Postgres>>::decode(raw).map_or(Value::Null, Value::Int),
        "TEXT" => <String as Decode<Postgres>>::decode(raw).map_or(Value::Null, Value::Text),
        "BYTEA" => <Vec<u8> as Decode<Postgres>>::decode(raw).map_or(Value::Null, Value::Bytes),
        _ => Value::Null,
    }
}
