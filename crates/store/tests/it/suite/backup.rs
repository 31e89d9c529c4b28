//! Backups: whole, portable, and nothing else is taken for one.

use std::io::Cursor;

use paifang_model::record::Key;
use paifang_store::{
    AuditQuery, BackupHeader, BadBackup, MasterKey, RestoreError, SqliteStore, Store as _, StoreError,
    StoreExt as _, Upkeep, Write,
};
use tempfile::TempDir;

use crate::nouns::{Api, Group, Safe, id};
use crate::suite::sealing::rotate;
use crate::suite::{Home, NOW, commit, master, put};

/// Something in every table that is backed up, more than one page of it, two data keys, and a feed that begins late.
pub(crate) async fn stock(store: &dyn Upkeep) {
    commit(store, put(&Group::new(1, "pets")).write(Write::put(&Safe::new(2, "planted-code")))).await;
    for number in 100..300 {
        commit(store, put(&Api::new(number, 1, &format!("api {number}")))).await;
    }
    commit(store, put(&Group::new(3, "gone"))).await;
    commit(store, paifang_store::Batch::at(NOW).write(Write::delete(Key::of::<Group>(id(3))))).await;
    rotate(store).await;
    commit(store, put(&Safe::new(4, "another code"))).await;
    commit(store, crate::suite::tasks::small()).await;
    store.compact(150).await.unwrap();
}

pub(crate) async fn back_up(store: &dyn Upkeep) -> (Vec<u8>, BackupHeader) {
    let mut bytes = Vec::new();
    let header = store.back_up(&mut bytes, NOW).await.unwrap();
    (bytes, header)
}

async fn restore(folder: &TempDir, master: &MasterKey, bytes: &[u8]) -> Result<BackupHeader, RestoreError> {
    SqliteStore::restore(folder.path().join("restored.db"), master, Cursor::new(bytes)).await
}

async fn open(folder: &TempDir) -> SqliteStore {
    SqliteStore::open(folder.path().join("restored.db"), master()).await.unwrap()
}

pub(crate) async fn comes_back_as_it_was(home: impl Home) {
    stock(home.store()).await;
    let (bytes, header) = back_up(home.store()).await;
    assert_eq!(header.revision, home.store().head().await.unwrap());
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("planted-code"), "what is sealed stays sealed");

    let folder = tempfile::tempdir().unwrap();
    assert_eq!(restore(&folder, &master(), &bytes).await.unwrap(), header);
    let store = open(&folder).await;
    assert!(back_up(&store).await.0 == bytes, "the backup of what was restored is the same, byte by byte");
    let safe = store.get_as::<Safe>(id(2)).await.unwrap().unwrap();
    assert_eq!(safe.value.code.expose(), "planted-code");
    // Revisions go on: whoever knew a later one is told.
    assert!(store.changes(header.revision + 1, 10).await.is_err());
    assert_eq!(commit(&store, put(&Group::new(9, "new"))).await, header.revision + 1);
    assert_eq!(
        store.audit(&AuditQuery::default()).await.unwrap().lines,
        home.store().audit(&AuditQuery::default()).await.unwrap().lines
    );
}

pub(crate) async fn is_refused_where_something_is(home: impl Home) {
    commit(home.store(), put(&Group::new(1, "theirs"))).await;
    let (bytes, _) = back_up(home.store()).await;
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    commit(&store, put(&Group::new(2, "ours"))).await;
    let error = restore(&folder, &master(), &bytes).await.unwrap_err();
    assert!(matches!(error, RestoreError::NotEmpty { .. }), "{error}");
    assert!(store.get_as::<Group>(id(2)).await.unwrap().is_some());
    assert!(store.get_as::<Group>(id(1)).await.unwrap().is_none());
}

pub(crate) async fn is_refused_when_it_is_not_whole(home: impl Home) {
    commit(home.store(), put(&Group::new(1, "pets"))).await;
    let (bytes, _) = back_up(home.store()).await;
    let folder = tempfile::tempdir().unwrap();
    let refused = async |bytes: &[u8]| match restore(&folder, &master(), bytes).await {
        Err(RestoreError::Bad(bad)) => bad,
        // A fingerprint or a wrapped key that was changed is noticed where it is used.
        Err(RestoreError::Store(StoreError::WrongMasterKey { .. } | StoreError::Damaged { .. })) => {
            BadBackup::Damaged("keyring")
        }
        other => panic!("{other:?}"),
    };
    for end in (0..bytes.len()).step_by(37).chain([bytes.len() - 1]) {
        refused(&bytes[..end]).await;
    }
    for place in (0..bytes.len()).step_by(41).chain([bytes.len() - 1]) {
        let mut damaged = bytes.clone();
        damaged[place] ^= 1;
        refused(&damaged).await;
    }
    assert!(matches!(refused(&[&bytes[..], b"more"].concat()).await, BadBackup::Damaged(_)));
    assert!(matches!(refused(b"a letter, which is not a backup").await, BadBackup::Foreign));
    let mut newer = bytes.clone();
    newer[16..20].copy_from_slice(&9_u32.to_be_bytes());
    assert!(matches!(refused(&newer).await, BadBackup::NewerFormat { found: 9, known: 1 }));
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(text.contains("\"layout\":"), "the place of the layout's number is known");
    let place = bytes.windows(9).position(|window| window == b"\"layout\":").unwrap() + 9;
    let mut newer = bytes.clone();
    newer[place] = b'9';
    assert!(matches!(refused(&newer).await, BadBackup::NewerLayout { found: 9, .. }));

    assert_eq!(open(&folder).await.head().await.unwrap(), 0, "nothing of it was kept");
    restore(&folder, &master(), &bytes).await.unwrap();
}

pub(crate) async fn needs_its_own_master_key(home: impl Home) {
    commit(home.store(), put(&Group::new(1, "pets"))).await;
    let (bytes, _) = back_up(home.store()).await;
    let folder = tempfile::tempdir().unwrap();
    let error = restore(&folder, &MasterKey::random().unwrap(), &bytes).await.unwrap_err();
    assert!(matches!(error, RestoreError::Store(StoreError::WrongMasterKey { .. })), "{error}");
    restore(&folder, &master(), &bytes).await.unwrap();
}
