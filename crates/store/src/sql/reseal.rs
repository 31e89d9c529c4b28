//! Sealing anew what older data keys sealed: a few values at a time, each in the place where it is.
//!
//! What a document says does not change, so it takes no revision, and neither readers of the feed nor holders of an
//! old revision notice. The feed's own entries are sealed anew too: they would keep an old key for as long as they are
//! kept.

use crate::error::StoreError;
use crate::keyring::{KeyNumber, Keyring, Ring, context};
use crate::keys::{ResealPlace, Resealed};
use crate::sql::{Row, Session, Sql, keys};

/// Where sealed values are.
const TABLES: [&str; 2] = ["documents", "changes"];

/// One step: goes through at most so many values. The step that reaches the end removes the keys that nothing uses.
pub(super) async fn step<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    after: Option<&ResealPlace>,
    at_most: u32,
) -> Result<Resealed, StoreError> {
    let active = keys::active(session).await?;
    let (mut resealed, mut room) = (Resealed::default(), at_most.max(1));
    for table in after.map_or(0, |after| after.table)..TABLES.len() {
        let after = after.filter(|after| after.table == table);
        let stale = stale(session, table, active, after, room).await?;
        let numbers = stale.iter().map(|place| place.0.data_key).chain([active]);
        let ring = keyring.covering_within(session, numbers).await?;
        for (place, sealed) in &stale {
            match anew(&ring, place, active, sealed)? {
                Some(sealed) => {
                    replace(session, place, active, sealed).await?;
                    resealed.sealed += 1;
                }
                None => resealed.left += 1,
            }
        }
        room = room.saturating_sub(u32::try_from(stale.len()).unwrap_or(u32::MAX));
        if room == 0 {
            resealed.next = stale.into_iter().next_back().map(|(place, _)| place);
            return Ok(resealed);
        }
    }
    keys::remove_unused(session).await?;
    Ok(resealed)
}

/// Values of a table that older keys sealed.
async fn stale<S: Session>(
    session: &mut S,
    table: usize,
    active: KeyNumber,
    after: Option<&ResealPlace>,
    at_most: u32,
) -> Result<Vec<(ResealPlace, Vec<u8>)>, StoreError> {
    let doing = "looking for what older keys sealed";
    let mut sql = Sql::new(doing, "SELECT data_key, revision, kind, id, sealed FROM ");
    sql.push(TABLES[table]).push(" WHERE data_key IS NOT NULL AND data_key < ").bind(active);
    if let Some(ResealPlace { data_key, revision, kind, id, .. }) = after {
        sql.push(" AND (data_key, revision, kind, id) > (").bind(*data_key).push(", ").bind(*revision);
        sql.push(", ").bind(kind.as_str()).push(", ").bind(id.as_slice()).push(")");
    }
    sql.push(" ORDER BY data_key, revision, kind, id LIMIT ").bind(at_most);
    let rows = session.rows(sql).await?;
    rows.iter().map(|row| place(table, row)).collect::<Option<_>>().ok_or(StoreError::Damaged { doing })
}

fn place(table: usize, row: &Row) -> Option<(ResealPlace, Vec<u8>)> {
    let place = ResealPlace {
        table,
        data_key: KeyNumber::try_from(row.unsigned(0, "data_key").ok()?).ok()?,
        revision: row.unsigned(1, "revision").ok()?,
        kind: row.text(2, "kind").ok()?.to_owned(),
        id: row.bytes(3, "id").ok()?.to_vec(),
    };
    // Whatever else is there does not open.
    Some((place, row.bytes(4, "sealed").unwrap_or_default().to_vec()))
}

/// The same secrets under another key; none when they cannot be opened.
fn anew(
    ring: &Ring,
    place: &ResealPlace,
    active: KeyNumber,
    sealed: &[u8],
) -> Result<Option<Vec<u8>>, StoreError> {
    // The kind may be one of a newer binary: to its value it is a text like any other.
    let context = context(&place.kind, &place.id);
    let opened = ring.cipher(place.data_key).and_then(|old| old.open(&context, sealed));
    let (Some(plain), Some(cipher)) = (opened, ring.cipher(active)) else { return Ok(None) };
    Ok(Some(cipher.seal(&context, &plain)?))
}

async fn replace<S: Session>(
    session: &mut S,
    place: &ResealPlace,
    active: KeyNumber,
    sealed: Vec<u8>,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("sealing a value anew", "UPDATE ");
    sql.push(TABLES[place.table]).push(" SET data_key = ").bind(active).push(", sealed = ").bind(sealed);
    sql.push(" WHERE kind = ").bind(place.kind.as_str()).push(" AND id = ").bind(place.id.as_slice());
    sql.push(" AND revision = ").bind(place.revision).push(" AND data_key = ").bind(place.data_key);
    session.run(sql).await
}
