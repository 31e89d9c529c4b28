//! The change feed: reading it in whole revisions, and forgetting its old end.

use paifang_model::record::Key;

use crate::change::{Change, Changes, Op};
use crate::document::Unreadable;
use crate::error::{ChangesError, StoreError};
use crate::keyring::{Keyring, Ring};
use crate::sql::{Raw, Row, Session, Sql};

/// The most changes after which an answer stops.
const MAX_CHANGES: u32 = 10_000;

/// The ends of the feed.
pub(crate) struct Bounds {
    /// The newest revision.
    pub(crate) head: u64,
    /// The revision up to which changes are forgotten.
    pub(super) floor: u64,
}

/// The ends of the feed.
pub(crate) async fn bounds<S: Session>(session: &mut S) -> Result<Bounds, StoreError> {
    let doing = "reading the newest revision";
    let rows = session.rows(Sql::new(doing, "SELECT revision, floor FROM head")).await?;
    let bounds = rows.first().and_then(|row| {
        Some(Bounds { head: row.unsigned(0, "revision").ok()?, floor: row.unsigned(1, "floor").ok()? })
    });
    bounds.ok_or(StoreError::Damaged { doing })
}

/// What changed after a revision.
pub(super) async fn changes<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    after: u64,
    limit: u32,
) -> Result<Changes, ChangesError> {
    let Bounds { head, floor } = bounds(session).await?;
    if after < floor {
        return Err(ChangesError::TooOld { after, floor });
    }
    if after > head {
        return Err(ChangesError::Ahead { after, head });
    }
    let through = last_within(session, after, limit.clamp(1, MAX_CHANGES)).await?.unwrap_or(head);
    let text = "SELECT revision, kind, id, scope, schema, revision, created_at, updated_at, body,
        data_key, sealed FROM changes WHERE revision > $1 AND revision <= $2 ORDER BY revision, kind, id";
    let rows = session.rows(Sql::new("reading changes", text).with(after).with(through)).await?;
    let entries: Vec<_> = rows.into_iter().map(entry).collect();
    let numbers = entries.iter().flatten().filter_map(|entry| entry.raw.as_ref()?.document.data_key);
    let ring = keyring.covering(session, numbers).await?;
    let changes = entries.into_iter().map(|entry| entry.and_then(|entry| change(&ring, entry))).collect();
    Ok(Changes { changes, through, head })
}

/// The revision of the change with which the limit is reached; none when the feed ends before.
async fn last_within<S: Session>(session: &mut S, after: u64, limit: u32) -> Result<Option<u64>, StoreError> {
    let doing = "measuring changes";
    let text = "SELECT revision FROM changes WHERE revision > $1 ORDER BY revision LIMIT 1 OFFSET $2";
    let rows = session.rows(Sql::new(doing, text).with(after).with(limit - 1)).await?;
    let revision = rows.first().map(|row| row.unsigned(0, "revision"));
    revision.transpose().map_err(|_| StoreError::Damaged { doing })
}

/// A row of the feed; without a document, it was deleted.
struct Entry {
    revision: u64,
    key: Key,
    raw: Option<Raw>,
}

fn entry(mut row: Row) -> Result<Entry, Unreadable> {
    let key = row.key(1).map_err(|defect| Unreadable { key: None, defect })?;
    let revision = row.unsigned(0, "revision").map_err(|defect| Unreadable { key: Some(key), defect })?;
    // Body is the last of the columns of a document, which start at 3.
    let raw = if row.is_null(8) { None } else { Some(row.document(key, 3)?) };
    Ok(Entry { revision, key, raw })
}

fn change(ring: &Ring, Entry { revision, key, raw }: Entry) -> Result<Change, Unreadable> {
    let op = raw.map_or(Ok(Op::Delete), |raw| ring.open(raw).map(Op::Put))?;
    Ok(Change { revision, key, op })
}

/// Forgets changes up to and with a revision. Returns the newest revision.
pub(super) async fn forget<S: Session>(session: &mut S, through: u64) -> Result<u64, StoreError> {
    let sql = Sql::new("forgetting changes", "DELETE FROM changes WHERE revision <= $1");
    session.run(sql.with(through)).await?;
    let text = "UPDATE head SET floor = $1 WHERE floor < $1";
    session.run(Sql::new("moving the floor of the feed", text).with(through)).await?;
    Ok(bounds(session).await?.head)
}
