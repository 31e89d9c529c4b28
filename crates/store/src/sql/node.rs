//! The table of nodes: one row each, written over and over, read whole.

use std::time::Duration;

use paifang_model::Id;

use crate::document::Defect;
use crate::error::StoreError;
use crate::node::{Node, NodeReport};
use crate::sql::{Row, Session, Sql};

/// Puts a report in place of the node's last one.
pub(super) async fn report<S: Session>(session: &mut S, report: &NodeReport) -> Result<(), StoreError> {
    let text = "INSERT INTO nodes (id, name, version, started_at, state, served_revision, http, management, \
                heartbeat_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ";
    let mut sql = Sql::new("reporting a node", text)
        .with(report.id)
        .with(report.name.as_str())
        .with(report.version.as_str())
        .with(report.started_at)
        .with(report.state.name())
        .with(report.served_revision)
        .with(report.http.as_str())
        .with(report.management.as_str());
    sql.push(S::NOW).push(
        ") ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = excluded.version,
            started_at = excluded.started_at, state = excluded.state,
            served_revision = excluded.served_revision, http = excluded.http,
            management = excluded.management, heartbeat_at = excluded.heartbeat_at",
    );
    session.run(sql).await
}

/// Every node that is in the table.
pub(super) async fn all<S: Session>(session: &mut S) -> Result<Vec<Node>, StoreError> {
    let doing = "reading the nodes";
    let text = "SELECT id, name, version, started_at, state, served_revision, http, management, ";
    let mut sql = Sql::new(doing, text);
    sql.push(S::NOW).push(" - heartbeat_at FROM nodes ORDER BY started_at, id");
    let rows = session.rows(sql).await?;
    let nodes: Result<Vec<_>, Defect> = rows.iter().map(node).collect();
    nodes.map_err(|_| StoreError::Damaged { doing })
}

/// Forgets one.
pub(super) async fn leave<S: Session>(session: &mut S, node: Id) -> Result<(), StoreError> {
    session.run(Sql::new("forgetting a node", "DELETE FROM nodes WHERE id = $1").with(node)).await
}

/// Forgets those that were last heard of so long ago.
pub(super) async fn forget_silent<S: Session>(session: &mut S, silent: Duration) -> Result<(), StoreError> {
    let mut sql = Sql::new("forgetting silent nodes", "DELETE FROM nodes WHERE heartbeat_at < ");
    sql.push(S::NOW).push(" - ").bind(millis(silent));
    session.run(sql).await
}

fn node(row: &Row) -> Result<Node, Defect> {
    let state = row.text(4, "state")?.parse();
    Ok(Node {
        report: NodeReport {
            id: row.id(0, "id")?,
            name: row.text(1, "name")?.to_owned(),
            version: row.text(2, "version")?.to_owned(),
            started_at: row.int(3, "started_at")?,
            state: state.map_err(|()| Defect::Column { column: "state", expected: "a state of a node" })?,
            served_revision: row.unsigned(5, "served_revision")?,
            http: row.text(6, "http")?.to_owned(),
            management: row.text(7, "management")?.to_owned(),
        },
        // The database's clock may have been set back since.
        silent: Duration::from_millis(u64::try_from(row.int(8, "heartbeat_at")?).unwrap_or(0)),
    })
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2)
}
