//! The keyring's table: making it, reading it, rotating, wrapping anew.

use std::collections::BTreeMap;

use crate::error::StoreError;
use crate::keyring::{Cipher, KeyBytes, KeyNumber, Keyring, MasterKey, Ring, draw};
use crate::keys::{DataKey, DataKeyState, Keys};
use crate::sql::{Home, Row, Session, Sql, transaction};

/// The number of the lookup key; data keys are numbered from 1.
const LOOKUP: KeyNumber = 0;

/// The keyring of a store: the one that is there, or a new one where there is none.
pub(super) async fn unlock<H: Home>(home: &H, master: MasterKey, now: i64) -> Result<Keyring, StoreError> {
    let is_there = is_there(&mut home.snapshot().await?).await?;
    if !is_there {
        let mut session = home.transaction().await?;
        let made = make(&mut session, &master, now).await;
        transaction::end(&mut session, made).await?;
    }
    let ring = ring(&mut home.snapshot().await?, &master).await?;
    Ok(Keyring::new(master, ring))
}

/// Makes the keyring. Of several processes that start at once on an empty store, one does.
async fn make<S: Session>(session: &mut S, master: &MasterKey, now: i64) -> Result<(), StoreError> {
    if is_there(session).await? {
        return Ok(());
    }
    insert(session, master, LOOKUP, now).await?;
    insert(session, master, LOOKUP + 1, now).await
}

/// Whether there is a keyring.
pub(crate) async fn is_there<S: Session>(session: &mut S) -> Result<bool, StoreError> {
    Ok(!rows(session).await?.is_empty())
}

/// Whether a master key opens the rows of a keyring that is not this store's yet.
pub(super) fn opens(keyring: &[Row], master: &MasterKey) -> Result<(), StoreError> {
    let damaged = || StoreError::Damaged { doing: "reading the keyring of a backup" };
    let numbers = keyring.iter().map(|row| {
        let wrapped = Wrapped::of(row).ok_or_else(damaged)?;
        wrapped.unwrap(master).map(|_| wrapped.number)
    });
    let numbers = numbers.collect::<Result<Vec<_>, StoreError>>()?;
    if numbers.contains(&LOOKUP) { Ok(()) } else { Err(damaged()) }
}

/// All keys, unwrapped.
pub(crate) async fn ring<S: Session>(session: &mut S, master: &MasterKey) -> Result<Ring, StoreError> {
    let mut data = BTreeMap::new();
    let mut lookup = None;
    for wrapped in rows(session).await? {
        let key = wrapped.unwrap(master)?;
        if wrapped.number == LOOKUP {
            lookup = Some(key);
        } else {
            data.insert(wrapped.number, Cipher::new(&key)?);
        }
    }
    let lookup = lookup.ok_or(StoreError::Damaged { doing: "reading the keyring" })?;
    Ok(Ring::new(data, &lookup))
}

/// The data key that seals from now on, which is the newest one.
pub(super) async fn active<S: Session>(session: &mut S) -> Result<KeyNumber, StoreError> {
    let doing = "looking for the active data key";
    let number = session.number(Sql::new(doing, "SELECT max(number) FROM keyring")).await?;
    KeyNumber::try_from(number).ok().filter(|number| *number > LOOKUP).ok_or(StoreError::Damaged { doing })
}

/// A new data key becomes the active one.
pub(super) async fn rotate<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    now: i64,
) -> Result<Result<(), OtherMaster>, StoreError> {
    let fingerprint = keyring.master().fingerprint();
    // The old master key, perhaps known to others, must not wrap what is to be new.
    if rows(session).await?.iter().any(|row| row.master != fingerprint) {
        return Ok(Err(OtherMaster));
    }
    let number = active(session).await?.saturating_add(1);
    insert(session, keyring.master(), number, now).await.map(Ok)
}

/// The keys are wrapped by another master key than this process has.
pub(super) struct OtherMaster;

/// Wraps all keys by another master key.
pub(super) async fn rewrap<S: Session>(
    session: &mut S,
    old: &MasterKey,
    new: &MasterKey,
) -> Result<(), StoreError> {
    for row in rows(session).await? {
        let key = row.unwrap(old)?;
        let text = "UPDATE keyring SET master = $1, wrapped = $2 WHERE number = $3";
        let sql = Sql::new("wrapping a key anew", text).with(new.fingerprint());
        session.run(sql.with(wrap(new, row.number, &key)?).with(row.number)).await?;
    }
    Ok(())
}

/// Whether older data keys are still there.
pub(super) async fn has_older<S: Session>(session: &mut S) -> Result<bool, StoreError> {
    let text = "SELECT count(*) FROM keyring WHERE number > $1";
    Ok(session.number(Sql::new("counting data keys", text).with(LOOKUP)).await? > 1)
}

/// What may be told about the keys.
pub(super) async fn list<S: Session>(session: &mut S) -> Result<Keys, StoreError> {
    let (rows, newest) = (rows(session).await?, active(session).await?);
    let master = rows.first().map(|row| row.master.clone()).unwrap_or_default();
    let mut data = Vec::new();
    for row in rows.iter().filter(|row| row.number != LOOKUP) {
        let state = if row.number == newest { DataKeyState::Active } else { DataKeyState::Retiring };
        data.push(DataKey {
            number: row.number,
            state,
            created_at: row.created_at,
            documents: uses(session, "documents", row.number).await?,
            changes: uses(session, "changes", row.number).await?,
        });
    }
    Ok(Keys { master, data })
}

async fn uses<S: Session>(session: &mut S, table: &str, number: KeyNumber) -> Result<u64, StoreError> {
    let mut sql = Sql::new("counting what a key seals", "SELECT count(*) FROM ");
    sql.push(table).push(" WHERE data_key = ").bind(number);
    session.number(sql).await
}

/// Removes older data keys that seal nothing any more.
pub(super) async fn remove_unused<S: Session>(session: &mut S) -> Result<(), StoreError> {
    let active = active(session).await?;
    let text = "DELETE FROM keyring WHERE number > $1 AND number < $2
        AND NOT EXISTS (SELECT 1 FROM documents WHERE data_key = keyring.number)
        AND NOT EXISTS (SELECT 1 FROM changes WHERE data_key = keyring.number)";
    session.run(Sql::new("removing unused keys", text).with(LOOKUP).with(active)).await
}

struct Wrapped {
    number: KeyNumber,
    created_at: i64,
    master: String,
    wrapped: Vec<u8>,
}

impl Wrapped {
    fn unwrap(&self, master: &MasterKey) -> Result<KeyBytes, StoreError> {
        let plain = master.wrapping()?.open(&context(self.number), &self.wrapped);
        let plain = plain.ok_or_else(|| StoreError::WrongMasterKey {
            store: self.master.clone(),
            given: master.fingerprint(),
        })?;
        let mut key = KeyBytes::default();
        if plain.len() != key.len() {
            return Err(StoreError::Damaged { doing: "unwrapping a key" });
        }
        key.copy_from_slice(&plain);
        Ok(key)
    }

    fn of(row: &Row) -> Option<Self> {
        Some(Self {
            number: KeyNumber::try_from(row.unsigned(0, "number").ok()?).ok()?,
            created_at: row.int(1, "created_at").ok()?,
            master: row.text(2, "master").ok()?.to_owned(),
            wrapped: row.bytes(3, "wrapped").ok()?.to_vec(),
        })
    }
}

async fn rows<S: Session>(session: &mut S) -> Result<Vec<Wrapped>, StoreError> {
    let doing = "reading the keyring";
    let text = "SELECT number, created_at, master, wrapped FROM keyring ORDER BY number";
    let rows = session.rows(Sql::new(doing, text)).await?;
    rows.iter().map(Wrapped::of).collect::<Option<_>>().ok_or(StoreError::Damaged { doing })
}

async fn insert<S: Session>(
    session: &mut S,
    master: &MasterKey,
    number: KeyNumber,
    now: i64,
) -> Result<(), StoreError> {
    let text = "INSERT INTO keyring (number, created_at, master, wrapped) VALUES ($1, $2, $3, $4)";
    let sql = Sql::new("adding a key", text).with(number).with(now).with(master.fingerprint());
    session.run(sql.with(wrap(master, number, &draw()?)?)).await
}

fn wrap(master: &MasterKey, number: KeyNumber, key: &KeyBytes) -> Result<Vec<u8>, StoreError> {
    Ok(master.wrapping()?.seal(&context(number), key.as_slice())?)
}

/// To what a wrapped key is bound: its number, and with it whether it seals or makes digests.
fn context(number: KeyNumber) -> Vec<u8> {
    [b"paifang key v1\0".as_slice(), &number.to_be_bytes()].concat()
}
