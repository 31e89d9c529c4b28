//! The tables in a SQLite file, and how older files get them.

use std::path::Path;

use sqlx::{Connection as _, SqliteConnection};

use crate::error::StoreError;

/// Marks a SQLite file as ours: "PFNG".
const APPLICATION: i64 = 0x5046_4e47;

/// What brings a file from each layout to the next; the layout of a file is the number of steps it has taken.
const STEPS: [&str; 5] = [
    include_str!("layout/1.sql"),
    include_str!("layout/2.sql"),
    include_str!("layout/3.sql"),
    include_str!("layout/4.sql"),
    include_str!("layout/5.sql"),
];

/// Makes the tables or brings them up to date.
pub(super) async fn prepare(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    let failed = StoreError::when("preparing the tables");
    let database = || path.display().to_string();
    let found = number(connection, "PRAGMA user_version").await.map_err(&failed)?;
    let known = STEPS.len() as i64;
    if is_foreign(connection, found).await.map_err(&failed)? {
        return Err(StoreError::Foreign { database: database() });
    }
    if found > known {
        return Err(StoreError::NewerLayout { database: database(), found, known });
    }
    for (index, step) in STEPS.iter().enumerate().skip(usize::try_from(found).unwrap_or(0)) {
        take(connection, step, index + 1).await.map_err(&failed)?;
    }
    Ok(())
}

async fn is_foreign(connection: &mut SqliteConnection, layout: i64) -> Result<bool, sqlx::Error> {
    if layout == 0 {
        return Ok(number(connection, "SELECT count(*) FROM sqlite_master").await? > 0);
    }
    Ok(number(connection, "PRAGMA application_id").await? != APPLICATION)
}

/// One step, as a whole or not at all.
async fn take(
    connection: &mut SqliteConnection,
    step: &'static str,
    layout: usize,
) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::raw_sql(step).execute(&mut *transaction).await?;
    let marks = format!("PRAGMA user_version = {layout}; PRAGMA application_id = {APPLICATION};");
    sqlx::raw_sql(sqlx::AssertSqlSafe(marks)).execute(&mut *transaction).await?;
    transaction.commit().await
}

async fn number(connection: &mut SqliteConnection, sql: &'static str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(sql).fetch_one(connection).await
}
