//! The judgement of a batch: what must hold before its writes, and of the state they make.

use paifang_model::record::{Field, Key, Uniqueness};

use crate::batch::{Expectation, Put};
use crate::error::{Conflict, StoreError};
use crate::sql::delete::Deleted;
use crate::sql::{CREATED, Session, Sql, read};

/// How many holders of a document are named when its deletion is refused.
const HOLDERS: u32 = 10;

/// Documents of one statement.
const CHUNK: usize = 128;

/// Expectations about single documents.
pub(super) async fn before<S: Session>(
    session: &mut S,
    expectations: &[Expectation],
    conflicts: &mut Vec<Conflict>,
) -> Result<(), StoreError> {
    for expectation in expectations {
        let (Expectation::Revision(key, _) | Expectation::Absent(key) | Expectation::Present(key)) =
            *expectation
        else {
            continue;
        };
        let found = read::revision(session, key).await?;
        conflicts.extend(match (*expectation, found) {
            (Expectation::Revision(_, expected), found) if found != Some(expected) => {
                Some(Conflict::Changed { key, expected, found })
            }
            (Expectation::Absent(_), Some(_)) => Some(Conflict::Exists { key }),
            (Expectation::Present(_), None) => Some(Conflict::Missing { key }),
            _ => None,
        });
    }
    Ok(())
}

/// Expectations about numbers of documents.
pub(super) async fn after<S: Session>(
    session: &mut S,
    expectations: &[Expectation],
    conflicts: &mut Vec<Conflict>,
) -> Result<(), StoreError> {
    for expectation in expectations {
        let Expectation::AtMost { kind, scope, n: limit } = *expectation else { continue };
        let mut sql = Sql::new("counting against a quota", "SELECT count(*) FROM (SELECT 1 FROM fields");
        sql.push(" WHERE kind = ").bind(kind).push(" AND name = ").bind(CREATED);
        if let Some(scope) = scope {
            sql.push(" AND scope = ").bind(scope);
        }
        // One more than allowed is enough to know.
        sql.push(" LIMIT ").bind(limit.saturating_add(1)).push(") counted");
        if session.number(sql).await? > limit {
            conflicts.push(Conflict::TooMany { kind, scope, limit });
        }
    }
    Ok(())
}

/// The targets of the links written.
pub(super) async fn links<S: Session>(
    session: &mut S,
    puts: &[&Put],
    conflicts: &mut Vec<Conflict>,
) -> Result<(), StoreError> {
    for put in puts {
        for link in &put.links {
            if read::revision(session, link.target).await?.is_none() {
                conflicts.push(Conflict::MissingTarget {
                    key: put.key,
                    edge: link.edge,
                    target: link.target,
                });
            }
        }
    }
    Ok(())
}

/// The values written that only one document may hold.
pub(super) async fn uniqueness<S: Session>(
    session: &mut S,
    puts: &[&Put],
    conflicts: &mut Vec<Conflict>,
) -> Result<(), StoreError> {
    for put in puts {
        for field in &put.fields {
            if let Some(holder) = other_holder(session, put, field).await? {
                let (key, value) = (put.key, field.value.clone());
                conflicts.push(Conflict::Taken { key, field: field.name, value, holder });
            }
        }
    }
    Ok(())
}

async fn other_holder<S: Session>(
    session: &mut S,
    put: &Put,
    field: &Field,
) -> Result<Option<Key>, StoreError> {
    let doing = "checking a unique value";
    let mut sql = Sql::new(doing, "SELECT kind, id FROM fields WHERE kind = ");
    sql.bind(put.key.kind).push(" AND name = ").bind(field.name);
    sql.push(" AND value = ").bind(field.value.as_str()).push(" AND id <> ").bind(put.key.id);
    match field.uniqueness {
        Uniqueness::Shared => return Ok(None),
        Uniqueness::InKind => {}
        Uniqueness::InScope => {
            sql.push(" AND scope = ").bind(put.scope);
        }
    }
    sql.push(" LIMIT 1");
    let rows = session.rows(sql).await?;
    rows.first().map(|row| row.key(0).map_err(|_| StoreError::Damaged { doing })).transpose()
}

/// The documents deleted that others still need. Their own rows are gone already, so whoever is left needs them.
pub(super) async fn holders<S: Session>(
    session: &mut S,
    deleted: &Deleted,
    conflicts: &mut Vec<Conflict>,
) -> Result<(), StoreError> {
    for (kind, ids) in deleted {
        let ids: Vec<&[u8]> = ids.iter().map(Vec::as_slice).collect();
        for ids in ids.chunks(CHUNK) {
            let doing = "looking for who needs what is deleted";
            let text = "SELECT DISTINCT target_kind, target_id FROM links WHERE target_kind = ";
            let mut sql = Sql::new(doing, text);
            sql.bind(kind.as_str()).push(" AND target_id IN ").bind_list(ids.iter().copied());
            sql.push(" AND on_delete = 'refuse'");
            for row in session.rows(sql).await? {
                let key = row.key(0).map_err(|_| StoreError::Damaged { doing })?;
                conflicts.push(held(session, key).await?);
            }
        }
    }
    Ok(())
}

async fn held<S: Session>(session: &mut S, key: Key) -> Result<Conflict, StoreError> {
    let text = "SELECT DISTINCT kind, id FROM links
        WHERE target_kind = $1 AND target_id = $2 AND on_delete = 'refuse' ORDER BY kind, id LIMIT $3";
    let sql = Sql::new("naming who needs what is deleted", text);
    let rows = session.rows(sql.with(key.kind).with(key.id).with(HOLDERS)).await?;
    let holders = rows.iter().filter_map(|row| row.key(0).ok()).collect();
    let text = "SELECT count(*) FROM (SELECT DISTINCT kind, id FROM links
        WHERE target_kind = $1 AND target_id = $2 AND on_delete = 'refuse') holders";
    let sql = Sql::new("counting who needs what is deleted", text);
    let count = session.number(sql.with(key.kind).with(key.id)).await?;
    Ok(Conflict::Held { key, holders, count })
}
