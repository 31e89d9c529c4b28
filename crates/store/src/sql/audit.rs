//! The audit trail: adding lines with a change, reading them newest first.

use crate::audit::{AuditEntry, AuditLine, AuditPage, AuditQuery};
use crate::cursor::Cursor;
use crate::document::Defect;
use crate::error::{BadQuery, ListError, StoreError};
use crate::query::MAX_LIMIT;
use crate::sql::{Row, Session, Sql, Value};

/// The name of the trail's order, to which its cursors are bound.
const ORDER: &str = "audit";

/// Adds the lines of a batch.
pub(super) async fn append<S: Session>(
    session: &mut S,
    lines: &[AuditLine],
    revision: Option<u64>,
) -> Result<(), StoreError> {
    // Not a sequence: what a refused change took would be missing.
    let text = "INSERT INTO audit (number, at, actor, action, resource, outcome, detail, revision)
        VALUES ((SELECT coalesce(max(number), 0) + 1 FROM audit), $1, $2, $3, $4, $5, $6, $7)";
    for line in lines {
        let sql = Sql::new("adding an audit line", text).with(line.at).with(line.actor.as_str());
        let sql = sql.with(line.action.as_str()).with(line.resource.as_str());
        let sql = sql.with(line.outcome.as_str()).with(line.detail.to_string().into_bytes());
        session.run(sql.with(revision.map_or(Value::Null, Value::from))).await?;
    }
    Ok(())
}

/// One page of the trail.
pub(super) async fn page<S: Session>(session: &mut S, query: &AuditQuery) -> Result<AuditPage, ListError> {
    let limit = if query.limit == 0 { 100 } else { query.limit };
    if limit > MAX_LIMIT {
        return Err(BadQuery::Limit { given: limit }.into());
    }
    let mut rows = session.rows(select(query, limit)?).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let entries: Result<Vec<_>, _> = rows.iter().map(entry).collect();
    let lines = entries.map_err(|_| StoreError::Damaged { doing: "reading the audit trail" })?;
    let next = lines.last().filter(|_| more).map(cursor_after);
    Ok(AuditPage { lines, next })
}

fn select(query: &AuditQuery, limit: u32) -> Result<Sql, BadQuery> {
    let text =
        "SELECT number, revision, at, actor, action, resource, outcome, detail FROM audit WHERE at >= ";
    let mut sql = Sql::new("reading the audit trail", text);
    sql.bind(query.since.unwrap_or(i64::MIN));
    if let Some(until) = query.until {
        sql.push(" AND at < ").bind(until);
    }
    for (column, value) in [("actor", &query.actor), ("action", &query.action), ("resource", &query.resource)]
    {
        if let Some(value) = value {
            sql.push(" AND ").push(column).push(" = ").bind(value.as_str());
        }
    }
    if let Some(cursor) = &query.after {
        let (at, number) = place(cursor).ok_or(BadQuery::Cursor)?;
        sql.push(" AND (at, number) < (").bind(at).push(", ").bind(number).push(")");
    }
    sql.push(" ORDER BY at DESC, number DESC LIMIT ").bind(limit + 1);
    Ok(sql)
}

fn cursor_after(entry: &AuditEntry) -> Cursor {
    let place = [entry.line.at.to_be_bytes(), entry.number.to_be_bytes()].concat();
    Cursor::seal(ORDER, &place)
}

fn place(cursor: &Cursor) -> Option<(i64, u64)> {
    let place = cursor.open(ORDER)?;
    let (at, number) = place.split_first_chunk::<8>()?;
    Some((i64::from_be_bytes(*at), u64::from_be_bytes(number.try_into().ok()?)))
}

fn entry(row: &Row) -> Result<AuditEntry, Defect> {
    let detail = row.bytes(7, "detail")?;
    let detail = serde_json::from_slice(detail)
        .unwrap_or_else(|_| serde_json::Value::String(String::from_utf8_lossy(detail).into_owned()));
    Ok(AuditEntry {
        number: row.unsigned(0, "number")?,
        revision: row.unsigned(1, "revision").ok(),
        line: AuditLine {
            at: row.int(2, "at")?,
            actor: row.text(3, "actor")?.to_owned(),
            action: row.text(4, "action")?.to_owned(),
            resource: row.text(5, "resource")?.to_owned(),
            outcome: row.text(6, "outcome")?.to_owned(),
            detail,
        },
    })
}
