//! One document: whether its noun reads it, and whether the rows beside it are those that the noun names today.

use std::collections::BTreeSet;

use paifang_model::record::{Key, Sortable as _};

use super::{finding, missing, place};
use crate::batch::{Batch, Put, Write};
use crate::document::{Document, Unreadable};
use crate::error::StoreError;
use crate::finding::{Finding, Problem};
use crate::keyring::Keyring;
use crate::sql::{CREATED, Row, Session, Sql};
use crate::upkeep::AsNoun;

pub(super) async fn check<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    as_noun: &AsNoun,
    row: Row,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let named = place(&row, 0);
    match read(session, keyring, row).await? {
        Ok(document) => match as_noun(&document) {
            Ok(write) => compare(session, keyring, &document, write, findings).await,
            Err(Unreadable { defect, .. }) => {
                findings.push(finding(document.key, Problem::Unreadable(defect)));
                Ok(())
            }
        },
        Err(Unreadable { defect, .. }) => {
            findings.push(Finding { place: named, problem: Problem::Unreadable(defect) });
            Ok(())
        }
    }
}

async fn read<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    mut row: Row,
) -> Result<Result<Document, Unreadable>, StoreError> {
    let raw = row.key(0).map_err(|defect| Unreadable { key: None, defect });
    let raw = match raw.and_then(|key| row.document(key, 2)) {
        Ok(raw) => raw,
        Err(unreadable) => return Ok(Err(unreadable)),
    };
    let ring = keyring.covering(session, raw.document.data_key).await?;
    Ok(ring.open(raw))
}

async fn compare<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    document: &Document,
    write: Write,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let mut batch = Batch::at(0).write(write);
    keyring.digest_fields(&mut batch);
    let Some(Write::Put(put)) = batch.writes.first() else { return Ok(()) };
    let key = document.key;
    let mut found = |problem| findings.push(finding(key, problem));
    if put.key != key {
        found(Problem::OtherIdentity(put.key.to_string()));
        return Ok(());
    }
    if put.scope != document.scope {
        found(Problem::OtherScope);
    }
    let (wanted, there) = (fields(put, document), field_rows(session, key).await?);
    missing(&wanted, &there).into_iter().for_each(|(name, ..)| found(Problem::NoField(name.clone())));
    missing(&there, &wanted).into_iter().for_each(|(name, ..)| found(Problem::OddField(name.clone())));
    let (wanted, there) = (links(put), link_rows(session, key).await?);
    for (edge, target, _) in missing(&wanted, &there) {
        found(Problem::NoLink { edge: edge.clone(), target: target.clone() });
    }
    for (edge, target, _) in missing(&there, &wanted) {
        found(Problem::OddLink { edge: edge.clone(), target: target.clone() });
    }
    Ok(())
}

/// Name, value, scope.
type FieldRow = (String, String, Vec<u8>);

/// Edge, target, what deleting the target does.
type LinkRow = (String, String, String);

fn fields(put: &Put, document: &Document) -> BTreeSet<FieldRow> {
    let scope = put.scope.as_bytes().to_vec();
    let named = put.fields.iter().map(|field| (field.name.to_owned(), field.value.clone(), scope.clone()));
    let created = (CREATED.to_owned(), document.created_at.sortable(), scope.clone());
    named.chain([created]).collect()
}

async fn field_rows<S: Session>(session: &mut S, key: Key) -> Result<BTreeSet<FieldRow>, StoreError> {
    let text = "SELECT name, value, scope FROM fields WHERE kind = $1 AND id = $2";
    let rows = session.rows(Sql::new("checking fields", text).with(key.kind).with(key.id)).await?;
    let read = |row: &Row| {
        let (name, value) = (row.text(0, "name").ok()?, row.text(1, "value").ok()?);
        Some((name.to_owned(), value.to_owned(), row.bytes(2, "scope").ok()?.to_vec()))
    };
    rows.iter().map(read).collect::<Option<_>>().ok_or(StoreError::Damaged { doing: "checking fields" })
}

fn links(put: &Put) -> BTreeSet<LinkRow> {
    let links = put.links.iter();
    links
        .map(|link| {
            let on_delete = crate::sql::put::on_delete(link.on_delete);
            (link.edge.to_owned(), link.target.to_string(), on_delete.to_owned())
        })
        .collect()
}

async fn link_rows<S: Session>(session: &mut S, key: Key) -> Result<BTreeSet<LinkRow>, StoreError> {
    let text = "SELECT target_kind, target_id, edge, on_delete FROM links WHERE kind = $1 AND id = $2";
    let rows = session.rows(Sql::new("checking links", text).with(key.kind).with(key.id)).await?;
    let read = |row: &Row| {
        let (edge, on_delete) = (row.text(2, "edge").ok()?, row.text(3, "on_delete").ok()?);
        Some((edge.to_owned(), place(row, 0), on_delete.to_owned()))
    };
    rows.iter().map(read).collect::<Option<_>>().ok_or(StoreError::Damaged { doing: "checking links" })
}
