//! Deleting documents, and with them what hangs on them by `drop` links, to any depth.

use std::collections::{BTreeMap, BTreeSet};

use paifang_model::record::Key;

use crate::batch::Write;
use crate::error::StoreError;
use crate::sql::{Session, Sql, Value};

/// Documents of one statement.
const CHUNK: usize = 128;

/// What was deleted: ids by kind. Kinds stay text, for a newer binary may have some that this one does not know.
pub(super) type Deleted = BTreeMap<String, BTreeSet<Vec<u8>>>;

/// Makes the deletions of a batch. Whether they are allowed is judged when all rows are as they will be.
pub(super) async fn all<S: Session>(
    session: &mut S,
    writes: &[Write],
    revision: u64,
) -> Result<Deleted, StoreError> {
    let mut doomed = Deleted::new();
    for write in writes {
        if let Write::Delete(key) = write {
            collect(session, *key, &mut doomed).await?;
        }
    }
    for (kind, ids) in &doomed {
        let ids: Vec<&[u8]> = ids.iter().map(Vec::as_slice).collect();
        for ids in ids.chunks(CHUNK) {
            erase(session, kind, ids, revision).await?;
        }
    }
    Ok(doomed)
}

/// Adds a document and all that goes with it.
async fn collect<S: Session>(session: &mut S, key: Key, doomed: &mut Deleted) -> Result<(), StoreError> {
    let text = "WITH RECURSIVE doomed (kind, id) AS (
            SELECT kind, id FROM documents WHERE kind = $1 AND id = $2
            UNION
            SELECT links.kind, links.id FROM doomed CROSS JOIN links
            WHERE links.target_kind = doomed.kind AND links.target_id = doomed.id AND links.on_delete = 'drop'
        ) SELECT kind, id FROM doomed";
    let sql = Sql::new("collecting what a deletion takes along", text);
    for row in session.rows(sql.with(key.kind).with(key.id)).await? {
        if let [Value::Text(kind), Value::Bytes(id)] = row.0.as_slice() {
            doomed.entry(kind.clone()).or_default().insert(id.clone());
        }
    }
    Ok(())
}

async fn erase<S: Session>(
    session: &mut S,
    kind: &str,
    ids: &[&[u8]],
    revision: u64,
) -> Result<(), StoreError> {
    let mut feed = Sql::new("adding to the feed", "INSERT INTO changes (revision, kind, id) SELECT ");
    feed.bind(revision).push(", kind, id FROM documents WHERE kind = ").bind(kind);
    feed.push(" AND id IN ").bind_list(ids.iter().copied());
    session.run(feed).await?;
    for (doing, text) in [
        ("deleting documents", "DELETE FROM documents WHERE kind = "),
        ("deleting fields", "DELETE FROM fields WHERE kind = "),
        ("deleting links", "DELETE FROM links WHERE kind = "),
    ] {
        let mut sql = Sql::new(doing, text);
        sql.bind(kind).push(" AND id IN ").bind_list(ids.iter().copied());
        session.run(sql).await?;
    }
    Ok(())
}
