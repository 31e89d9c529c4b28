//! Writing a backup from one snapshot, a few rows at a time.

use std::io;

use crate::backup::{BackupError, BackupHeader, Frame, FrameWriter, TableHead, encode};
use crate::error::StoreError;
use crate::sql::backup::tables::{LAYOUT, TABLES, Table};
use crate::sql::{Row, Session, Sql, feed};

/// Rows of one statement: a document may be large.
const ROWS: u32 = 64;

/// Writes all of a snapshot.
pub(in crate::sql) async fn write<S: Session>(
    session: &mut S,
    into: &mut (dyn io::Write + Send),
    made_at: i64,
) -> Result<BackupHeader, BackupError> {
    let feed::Bounds { head: revision, floor } = feed::bounds(session).await?;
    let master_key = master_key(session).await?;
    let header = BackupHeader { revision, floor, layout: LAYOUT, made_at, master_key };
    let mut frames = FrameWriter::start(into)?;
    frames.write(&Frame::Header(header.to_bytes()))?;
    for table in &TABLES {
        frames.write(&Frame::Table(TableHead::to_bytes(table.name, table.columns)))?;
        let mut rows = page(session, table, None).await?;
        while let Some(last) = rows.last() {
            for row in &rows {
                frames.write(&Frame::Row(encode(row)))?;
            }
            rows = page(session, table, Some(last)).await?;
        }
    }
    frames.finish()?;
    Ok(header)
}

async fn master_key<S: Session>(session: &mut S) -> Result<String, StoreError> {
    let doing = "reading the keyring";
    let rows = session.rows(Sql::new(doing, "SELECT master FROM keyring WHERE number = 0")).await?;
    let master = rows.first().and_then(|row| row.text(0, "master").ok());
    master.map(str::to_owned).ok_or(StoreError::Damaged { doing })
}

/// The rows after one, in the order of the primary key.
async fn page<S: Session>(
    session: &mut S,
    table: &Table,
    after: Option<&Row>,
) -> Result<Vec<Row>, StoreError> {
    let key = table.columns[..table.key].join(", ");
    let mut sql = Sql::new("reading rows for a backup", "SELECT ");
    sql.push(&table.columns.join(", ")).push(" FROM ").push(table.name);
    if let Some(Row(after)) = after {
        sql.push(" WHERE (").push(&key).push(") > ");
        let mut before = "(";
        for value in &after[..table.key] {
            sql.push(before).bind(value.clone());
            before = ", ";
        }
        sql.push(")");
    }
    sql.push(" ORDER BY ").push(&key).push(" LIMIT ").bind(ROWS);
    session.rows(sql).await
}
