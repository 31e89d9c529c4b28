//! Putting documents: the row, the rows it is found by, the entry in the feed.

use std::collections::BTreeSet;

use paifang_model::record::{Field, OnDelete, Sortable};

use crate::batch::{Batch, Put, Write};
use crate::error::{Conflict, StoreError};
use crate::keyring::Keyring;
use crate::sql::seal::{Body, Sealer};
use crate::sql::{CREATED, Session, Sql};

/// The most bytes of a document.
const MAX_BODY: usize = 4 << 20;

/// The most bytes of a field's value: PostgreSQL's index rows end near 2,700.
const MAX_VALUE: usize = 1024;

/// Rows of one insert.
const ROWS: usize = 128;

/// Writes the documents that can be written; the others are conflicts. Returns those written.
pub(super) async fn all<'b, S: Session>(
    session: &mut S,
    keyring: &Keyring,
    batch: &'b Batch,
    revision: u64,
    conflicts: &mut Vec<Conflict>,
) -> Result<Vec<&'b Put>, StoreError> {
    let mut written = Vec::new();
    let sealer = Sealer::of(session, keyring, batch).await?;
    for write in &batch.writes {
        let Write::Put(put) = write else { continue };
        match one(session, &sealer, put, batch.now, revision).await? {
            Ok(()) => written.push(put),
            Err(conflict) => conflicts.push(conflict),
        }
    }
    Ok(written)
}

async fn one<S: Session>(
    session: &mut S,
    sealer: &Sealer,
    put: &Put,
    now: i64,
    revision: u64,
) -> Result<Result<(), Conflict>, StoreError> {
    let body = match acceptable(put) {
        Ok(body) => body,
        Err(conflict) => return Ok(Err(conflict)),
    };
    let present = find(session, put).await?;
    if let Some(Present { schema, .. }) = present
        && schema > put.schema
    {
        return Ok(Err(Conflict::NewerSchema { key: put.key, stored: schema, known: put.schema }));
    }
    if present.is_some() {
        forget_index(session, put).await?;
    }
    let created_at = present.map_or(now, |present| present.created_at);
    upsert(session, put, sealer.seal(put, body)?, (created_at, now), revision).await?;
    insert_fields(session, put, created_at).await?;
    insert_links(session, put).await?;
    announce(session, put).await?;
    Ok(Ok(()))
}

/// Writes the document of a batch as it is written today, in its place: it keeps its revision and its times, of which
/// `now` is the time of making. None when it cannot be kept.
pub(super) async fn in_place<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    batch: &Batch,
) -> Result<Option<()>, StoreError> {
    let sealer = Sealer::of(session, keyring, batch).await?;
    let Some(Write::Put(put)) = batch.writes.first() else { return Ok(None) };
    let Ok(body) = acceptable(put) else { return Ok(None) };
    let text = "UPDATE documents SET schema = $1, body = $2, data_key = $3, sealed = $4
        WHERE kind = $5 AND id = $6";
    let sql = Sql::new("writing a document in its place", text).with(put.schema);
    let sql = sealer.seal(put, body)?.bound_to(sql);
    session.run(sql.with(put.key.kind).with(put.key.id)).await?;
    forget_index(session, put).await?;
    insert_fields(session, put, batch.now).await?;
    insert_links(session, put).await?;
    Ok(Some(()))
}

/// The body, when the document is one that the store takes.
fn acceptable(put: &Put) -> Result<&[u8], Conflict> {
    let key = put.key;
    let body = put.body.as_ref().map_err(|error| Conflict::NotJson { key, reason: error.to_string() })?;
    if body.len() > MAX_BODY {
        return Err(Conflict::TooLarge { key, bytes: body.len(), limit: MAX_BODY });
    }
    for field in &put.fields {
        if let Some(rule) = broken_rule(field) {
            return Err(Conflict::BadField { key, field: field.name, rule });
        }
    }
    Ok(body)
}

fn broken_rule(field: &Field) -> Option<&'static str> {
    if field.name.starts_with('@') {
        return Some("has a name that the store keeps for itself");
    }
    if field.value.len() > MAX_VALUE {
        return Some("is longer than 1024 bytes");
    }
    // PostgreSQL's text has no NUL.
    field.value.contains('\0').then_some("holds a NUL")
}

/// What a put needs to know of the document that it replaces.
#[derive(Clone, Copy)]
struct Present {
    schema: u32,
    created_at: i64,
}

async fn find<S: Session>(session: &mut S, put: &Put) -> Result<Option<Present>, StoreError> {
    let doing = "looking for the document to replace";
    let text = "SELECT schema, created_at FROM documents WHERE kind = $1 AND id = $2";
    let rows = session.rows(Sql::new(doing, text).with(put.key.kind).with(put.key.id)).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let schema = row.int(0, "schema").ok().and_then(|schema| u32::try_from(schema).ok());
    let created_at = row.int(1, "created_at").ok();
    let present = schema.zip(created_at).map(|(schema, created_at)| Present { schema, created_at });
    present.ok_or(StoreError::Damaged { doing }).map(Some)
}

async fn forget_index<S: Session>(session: &mut S, put: &Put) -> Result<(), StoreError> {
    let fields = Sql::new("replacing fields", "DELETE FROM fields WHERE kind = $1 AND id = $2");
    session.run(fields.with(put.key.kind).with(put.key.id)).await?;
    let links = Sql::new("replacing links", "DELETE FROM links WHERE kind = $1 AND id = $2");
    session.run(links.with(put.key.kind).with(put.key.id)).await
}

async fn upsert<S: Session>(
    session: &mut S,
    put: &Put,
    body: Body<'_>,
    (created_at, updated_at): (i64, i64),
    revision: u64,
) -> Result<(), StoreError> {
    let text = "INSERT INTO documents (kind, id, scope, schema, revision, created_at, updated_at, body,
            data_key, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (kind, id) DO UPDATE SET scope = excluded.scope, schema = excluded.schema,
            revision = excluded.revision, updated_at = excluded.updated_at, body = excluded.body,
            data_key = excluded.data_key, sealed = excluded.sealed";
    let sql = Sql::new("writing a document", text).with(put.key.kind).with(put.key.id).with(put.scope);
    let sql = sql.with(put.schema).with(revision).with(created_at).with(updated_at);
    session.run(body.bound_to(sql)).await
}

async fn insert_fields<S: Session>(session: &mut S, put: &Put, created_at: i64) -> Result<(), StoreError> {
    let created = created_at.sortable();
    let mut rows: BTreeSet<(&str, &str)> =
        put.fields.iter().map(|field| (field.name, field.value.as_str())).collect();
    rows.insert((CREATED, &created));
    let rows: Vec<_> = rows.into_iter().collect();
    for rows in rows.chunks(ROWS) {
        let mut sql = Sql::new("writing fields", "INSERT INTO fields (kind, id, scope, name, value) VALUES ");
        for (index, (name, value)) in rows.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(put.key.kind).push(", ").bind(put.key.id);
            sql.push(", ").bind(put.scope).push(", ").bind(*name).push(", ").bind(*value).push(")");
        }
        session.run(sql).await?;
    }
    Ok(())
}

async fn insert_links<S: Session>(session: &mut S, put: &Put) -> Result<(), StoreError> {
    let text = "INSERT INTO links (kind, id, edge, target_kind, target_id, on_delete)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (kind, id, edge, target_kind, target_id) DO NOTHING";
    for link in &put.links {
        let sql = Sql::new("writing a link", text).with(put.key.kind).with(put.key.id).with(link.edge);
        let sql = sql.with(link.target.kind).with(link.target.id);
        session.run(sql.with(on_delete(link.on_delete))).await?;
    }
    Ok(())
}

pub(super) fn on_delete(on_delete: OnDelete) -> &'static str {
    match on_delete {
        OnDelete::Refuse => "refuse",
        OnDelete::Drop => "drop",
    }
}

async fn announce<S: Session>(session: &mut S, put: &Put) -> Result<(), StoreError> {
    let text = "INSERT INTO changes (revision, kind, id, scope, schema, created_at, updated_at, body,
            data_key, sealed)
        SELECT revision, kind, id, scope, schema, created_at, updated_at, body, data_key, sealed
        FROM documents WHERE kind = $1 AND id = $2";
    session.run(Sql::new("adding to the feed", text).with(put.key.kind).with(put.key.id)).await
}
