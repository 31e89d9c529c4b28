//! The tables in a PostgreSQL database, and how older ones get them. They are in the schema that the connection's
//! search path names first; a table beside them says how far they are.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

use crate::error::StoreError;
use crate::postgres::address::PostgresAddress;

/// What brings tables from each layout to the next; the layout of a database is the number of steps it has taken.
const STEPS: [&str; 5] = [
    include_str!("layout/1.sql"),
    include_str!("layout/2.sql"),
    include_str!("layout/3.sql"),
    include_str!("layout/4.sql"),
    include_str!("layout/5.sql"),
];

/// The oldest version that is tried, as `server_version_num` has it.
const OLDEST_SERVER: i64 = 130_000;

/// Of several processes that start at once, one at a time looks at the tables. The lock's number is "PFNG". How long
/// steps take depends on what is there.
const ALONE: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s';
    SELECT pg_advisory_xact_lock(1346784839)";

/// The table that makes a database ours.
const MARK: &str = "CREATE TABLE paifang_layout (
        one BIGINT PRIMARY KEY CHECK (one = 1),
        layout BIGINT NOT NULL
    );
    INSERT INTO paifang_layout (one, layout) VALUES (1, 0)";

/// Tables and the like that neither we nor an extension made.
const OTHERS: &str = "SELECT count(*) FROM pg_class
    WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid
        AND deptype = 'e')";

/// Makes the tables or brings them up to date: all of it or nothing.
pub(super) async fn prepare(
    connection: &mut PgConnection,
    address: &PostgresAddress,
) -> Result<(), StoreError> {
    let failed = StoreError::when("preparing the tables");
    fits(connection, address).await?;
    let mut transaction = connection.begin().await.map_err(&failed)?;
    sqlx::raw_sql(ALONE).execute(&mut *transaction).await.map_err(&failed)?;
    let found = match layout(&mut transaction).await.map_err(&failed)? {
        Some(layout) => layout,
        None if number(&mut transaction, OTHERS).await.map_err(&failed)? > 0 => {
            return Err(StoreError::Foreign { database: address.to_string() });
        }
        None => {
            sqlx::raw_sql(MARK).execute(&mut *transaction).await.map_err(&failed)?;
            0
        }
    };
    let known = STEPS.len() as i64;
    if found > known {
        return Err(StoreError::NewerLayout { database: address.to_string(), found, known });
    }
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        sqlx::raw_sql(*step).execute(&mut *transaction).await.map_err(&failed)?;
    }
    if found < known {
        let mark = AssertSqlSafe(format!("UPDATE paifang_layout SET layout = {known}"));
        sqlx::raw_sql(mark).execute(&mut *transaction).await.map_err(&failed)?;
    }
    transaction.commit().await.map_err(failed)
}

/// Refuses a server that is too old, and a database that cannot hold every text.
async fn fits(connection: &mut PgConnection, address: &PostgresAddress) -> Result<(), StoreError> {
    let failed = StoreError::when("asking the database what it is");
    let unsuitable = |reason| Err(StoreError::Unsuitable { database: address.to_string(), reason });
    let version = "SELECT current_setting('server_version_num')::bigint";
    let version = number(connection, version).await.map_err(&failed)?;
    if version < OLDEST_SERVER {
        return unsuitable(format!("it is PostgreSQL {}; 13 or newer is needed", version / 10_000));
    }
    let encoding: String = sqlx::query_scalar("SELECT current_setting('server_encoding')")
        .fetch_one(connection)
        .await
        .map_err(failed)?;
    if encoding != "UTF8" {
        return unsuitable(format!("its encoding is {encoding}; UTF8 is needed"));
    }
    Ok(())
}

/// How far the tables are; none when they are not there.
async fn layout(connection: &mut PgConnection) -> Result<Option<i64>, sqlx::Error> {
    let there = "SELECT count(*) FROM pg_class
        WHERE oid = to_regclass(quote_ident(current_schema()) || '.paifang_layout')";
    if number(connection, there).await? == 0 {
        return Ok(None);
    }
    number(connection, "SELECT layout FROM paifang_layout").await.map(Some)
}

async fn number(connection: &mut PgConnection, sql: &'static str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(sql).fetch_one(connection).await
}
