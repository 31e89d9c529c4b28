//! Whether everything in a store fits together; nothing is changed.

mod document;
mod whole;

use std::collections::BTreeSet;

use paifang_model::record::Key;

use crate::error::StoreError;
use crate::finding::{Finding, Problem};
use crate::keyring::Keyring;
use crate::sql::{Row, Session, Sql, Value};
use crate::upkeep::AsNoun;

/// Documents of one statement.
const ROWS: u32 = 64;

/// Goes through one snapshot.
pub(super) async fn check<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    as_noun: &AsNoun,
) -> Result<Vec<Finding>, StoreError> {
    let own = session.integrity().await?;
    if !own.is_empty() {
        // What is read from a database that is broken itself says nothing.
        let place = || "database".to_owned();
        return Ok(own
            .into_iter()
            .map(|said| Finding { place: place(), problem: Problem::Database(said) })
            .collect());
    }
    let mut findings = Vec::new();
    let mut after = None;
    loop {
        let rows = page(session, after.take()).await?;
        let Some(last) = rows.last() else { break };
        after = Some([last.0[0].clone(), last.0[1].clone()]);
        for row in rows {
            document::check(session, keyring, as_noun, row, &mut findings).await?;
        }
    }
    whole::check(session, &mut findings).await?;
    Ok(findings)
}

async fn page<S: Session>(session: &mut S, after: Option<[Value; 2]>) -> Result<Vec<Row>, StoreError> {
    let text = "SELECT kind, id, scope, schema, revision, created_at, updated_at, body, data_key, sealed FROM documents";
    let mut sql = Sql::new("checking documents", text);
    if let Some([kind, id]) = after {
        sql.push(" WHERE (kind, id) > (").bind(kind).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY kind, id LIMIT ").bind(ROWS);
    session.rows(sql).await
}

/// The address in two columns, whatever is in them.
fn place(row: &Row, at: usize) -> String {
    match row.key(at) {
        Ok(key) => key.to_string(),
        Err(_) => {
            let kind = row.text(at, "kind").unwrap_or("?");
            format!("{kind}/{}", hex::encode(row.bytes(at + 1, "id").unwrap_or_default()))
        }
    }
}

/// What is in one set and not in the other.
fn missing<'s, T: Ord>(wanted: &'s BTreeSet<T>, found: &'s BTreeSet<T>) -> Vec<&'s T> {
    wanted.difference(found).collect()
}

fn finding(key: Key, problem: Problem) -> Finding {
    Finding { place: key.to_string(), problem }
}
