//! One SQLite connection: statements in, rows out.

use sqlx::sqlite::{SqliteArguments, SqliteRow, SqliteValueRef};
use sqlx::{
    Arguments as _, AssertSqlSafe, Decode, Row as _, Sqlite, SqliteConnection, Transaction, TypeInfo as _,
    ValueRef as _,
};
use tokio::sync::OwnedMutexGuard;

use crate::error::StoreError;
use crate::query::Query;
use crate::sql::{Explain, Row, Session, Sql, Unfinished, Value};

/// A connection in use.
pub(crate) enum SqliteSession {
    /// A transaction that only reads; dropping it ends it.
    Snapshot(Transaction<'static, Sqlite>),
    /// The connection that writes, for as long as this is held.
    Writer(OwnedMutexGuard<SqliteConnection>),
}

impl Session for SqliteSession {
    // In SQLite it ignores the case of ASCII letters.
    const LIKE: &'static str = "LIKE";

    const NOW: &'static str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    const EXPLAIN: Explain = Explain { before: "EXPLAIN QUERY PLAN ", column: 3 };

    // A statement within EXISTS is worked out row by row anyway.
    const FENCE: &'static str = "";

    // SQLite keeps the order of a CROSS JOIN.
    fn looked_up(sql: &mut Sql, _query: &Query, _field: &str) {
        sql.push("fields walk");
    }

    async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>, StoreError> {
        let doing = sql.doing();
        fetch(self.connection(), sql).await.map_err(StoreError::when(doing))
    }

    async fn integrity(&mut self) -> Result<Vec<String>, StoreError> {
        // It answers "ok" in one row, or a row for each of the first hundred things that are wrong.
        let rows = self.rows(Sql::new("checking the database", "PRAGMA integrity_check")).await?;
        let said = rows.iter().filter_map(|row| row.text(0, "integrity_check").ok());
        Ok(said.filter(|said| *said != "ok").map(str::to_owned).collect())
    }

    async fn commit(&mut self) -> Result<(), Unfinished> {
        self.run(Sql::new("ending a transaction", "COMMIT")).await.map_err(Unfinished::Undone)
    }
}

impl SqliteSession {
    fn connection(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Snapshot(transaction) => transaction,
            Self::Writer(connection) => connection,
        }
    }
}

async fn fetch(connection: &mut SqliteConnection, sql: Sql) -> Result<Vec<Row>, sqlx::Error> {
    let (text, values) = sql.into_parts();
    let mut arguments = SqliteArguments::default();
    for value in values {
        bind(&mut arguments, value).map_err(sqlx::Error::Encode)?;
    }
    // An `Sql` holds only this crate's text.
    let rows = sqlx::query_with(AssertSqlSafe(text), arguments).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

fn bind(arguments: &mut SqliteArguments, value: Value) -> Result<(), sqlx::error::BoxDynError> {
    match value {
        Value::Null => arguments.add(None::<i64>),
        Value::Int(number) => arguments.add(number),
        Value::Text(text) => arguments.add(text),
        Value::Bytes(bytes) => arguments.add(bytes),
    }
}

fn read(row: &SqliteRow) -> Result<Row, sqlx::Error> {
    let values = (0..row.len()).map(|index| row.try_get_raw(index).map(value));
    values.collect::<Result<_, _>>().map(Row)
}

/// The value as SQLite has it, whatever the column was meant for. What is of no use reads as NULL.
fn value(raw: SqliteValueRef<'_>) -> Value {
    // Asked first: the type of a NULL is that of its column.
    if raw.is_null() {
        return Value::Null;
    }
    let sort = raw.type_info().name().to_owned();
    match sort.as_str() {
        "INTEGER" => <i64 as Decode<Sqlite>>::decode(raw).map_or(Value::Null, Value::Int),
        "TEXT" => <String as Decode<Sqlite>>::decode(raw).map_or(Value::Null, Value::Text),
        "BLOB" => <Vec<u8> as Decode<Sqlite>>::decode(raw).map_or(Value::Null, Value::Bytes),
        _ => Value::Null,
    }
}
