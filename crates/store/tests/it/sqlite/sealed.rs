//! What lies in the file: nothing secret, whoever wrote it and whenever it was broken off.

use std::path::Path;

use paifang_model::record::Key;
use paifang_model::{Record as _, Secret};
use paifang_store::{
    ChangesError, Document, KeyChange, MasterKey, Query, SqliteStore, Store as _, StoreError, StoreExt as _,
    Unreadable, Write,
};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

use crate::nouns::{Safe, id};
use crate::suite::master;
use crate::suite::sealing::{reseal, rotate};
use crate::suite::{NOW, commit, put};

const CODE: &str = "planted-code-0123456789";

#[tokio::test]
async fn no_secret_is_in_the_file_or_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = SqliteStore::open(&path, master()).await.unwrap();
    let content = Some(serde_json::json!({ "text": CODE }));
    commit(&store, put(&Safe { content, ..Safe::new(1, CODE) })).await;
    rotate(&store).await;
    commit(&store, put(&Safe { label: "visible".to_owned(), ..Safe::new(1, CODE) })).await;
    reseal(&store, 1).await;
    assert!(contains(folder.path(), "visible"), "the search finds what is there");
    assert!(!contains(folder.path(), CODE) && !contains(folder.path(), &hex::encode(CODE)));
}

#[tokio::test]
async fn another_master_key_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    assert!(!SqliteStore::has_keyring(&path).await.unwrap());
    drop(SqliteStore::open(&path, master()).await.unwrap());
    assert!(SqliteStore::has_keyring(&path).await.unwrap());
    let other = MasterKey::random().unwrap();
    let error = SqliteStore::open(&path, other.clone()).await.err().unwrap();
    let StoreError::WrongMasterKey { store, given } = &error else { panic!("{error:?}") };
    assert_eq!((store, given), (&master().fingerprint(), &other.fingerprint()));
    // Wrapped anew, it is the other way round.
    let store = SqliteStore::open(&path, master()).await.unwrap();
    commit(&store, put(&Safe::new(1, CODE))).await;
    commit(&store, paifang_store::Batch::at(NOW).keys(KeyChange::Rewrap(other.clone()))).await;
    drop(store);
    assert!(SqliteStore::open(&path, master()).await.is_err());
    let store = SqliteStore::open(&path, other).await.unwrap();
    assert_eq!(store.get_as::<Safe>(id(1)).await.unwrap().unwrap().value.code.expose(), CODE);
    rotate(&store).await;
}

/// A process that ends while things are sealed anew leaves some under each key; the next one goes on.
#[tokio::test]
async fn sealing_anew_survives_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let (path, image) = (folder.path().join("store.db"), folder.path().join("image.db"));
    let store = SqliteStore::open(&path, master()).await.unwrap();
    for number in 1..=9 {
        commit(&store, put(&Safe::new(number, &format!("code-{number}")))).await;
    }
    rotate(&store).await;
    store.reseal(None, 4).await.unwrap();
    // What a crash leaves: the file and its log.
    std::fs::copy(&path, &image).unwrap();
    std::fs::copy(path.with_extension("db-wal"), image.with_extension("db-wal")).unwrap();
    drop(store);
    let store = SqliteStore::open(&image, master()).await.unwrap();
    let keys = store.keys().await.unwrap().data;
    assert_eq!(keys.iter().map(|key| (key.number, key.documents)).collect::<Vec<_>>(), [(1, 5), (2, 4)]);
    assert_eq!(reseal(&store, 4).await, (14, 0), "five documents and nine entries of the feed");
    assert_eq!(store.keys().await.unwrap().data.len(), 1);
    let safes = store.list_as::<Safe>(&Query::of::<Safe>()).await.unwrap().items;
    assert!(safes.into_iter().all(|safe| safe.unwrap().value.code.expose().starts_with("code-")));
}

/// Two processes have a key each that the other does not know yet.
#[tokio::test]
async fn keys_that_another_process_made_are_looked_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let one = SqliteStore::open(&path, master()).await.unwrap();
    let other = SqliteStore::open(&path, master()).await.unwrap();
    commit(&one, put(&Safe::new(1, CODE))).await;
    rotate(&one).await;
    reseal(&one, 10).await;
    assert_eq!(other.get_as::<Safe>(id(1)).await.unwrap().unwrap().value.code.expose(), CODE);
    // It would seal with the key that it knows, which is gone.
    commit(&other, put(&Safe::new(2, "code-two"))).await;
    let written = one.get(Key::of::<Safe>(id(2))).await.unwrap().unwrap();
    assert_eq!(
        (written.data_key, written.read::<Safe>().unwrap().value),
        (Some(2), Safe::new(2, "code-two"))
    );
}

#[tokio::test]
async fn a_file_from_before_there_was_a_keyring_is_readable_and_gets_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    write_old(&path).await;
    assert!(contains(folder.path(), CODE), "the search finds what is there");
    let store = SqliteStore::open(&path, master()).await.unwrap();
    let read = async || store.get_as::<Safe>(id(1)).await.unwrap().unwrap();
    assert_eq!(read().await.value, Safe::new(1, CODE));
    let sealed = store.seal_old(&[Safe::KIND], anew).await.unwrap().unwrap();
    assert_eq!((sealed.documents, sealed.left), (1, 1));
    let after = read().await;
    assert_eq!((after.value, after.revision, after.created_at), (Safe::new(1, CODE), 7, NOW));
    let query = Query::of::<Safe>().secret("code", Secret::new(CODE));
    assert_eq!(store.list(&query).await.unwrap().items.len(), 1);
    assert!(matches!(store.changes(0, 10).await, Err(ChangesError::TooOld { floor: 7, .. })));
    assert!(store.seal_old(&[], anew).await.unwrap().is_none(), "it is done once");
    assert!(!contains(folder.path(), CODE));
}

fn anew(document: &Document) -> Result<Write, Unreadable> {
    document.read::<Safe>().map(|stored| Write::put(&stored.value))
}

/// A file as the first layout had it: one sound document, and one that nobody can read.
async fn write_old(path: &Path) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    let layout = include_str!("../../../src/sqlite/layout/1.sql");
    connection.execute(layout).await.unwrap();
    let body = serde_json::to_vec(&Safe::new(1, CODE)).unwrap();
    for table in ["documents", "changes"] {
        for (id, body) in [(id(1), body.as_slice()), (id(2), b"{}".as_slice())] {
            let text = format!(
                "INSERT INTO {table} (revision, kind, id, scope, schema, created_at, updated_at, body)
                 VALUES (7, 'app_key', ?, zeroblob(16), 1, {NOW}, {NOW}, ?)"
            );
            let query =
                sqlx::query(sqlx::AssertSqlSafe(text)).bind(id.as_bytes().to_vec()).bind(body.to_vec());
            query.execute(&mut connection).await.unwrap();
        }
    }
    let marks = "UPDATE head SET revision = 7; PRAGMA user_version = 1; PRAGMA application_id = 1346784839;";
    connection.execute(marks).await.unwrap();
    connection.close().await.unwrap();
}

/// Whether a text is in any file of a folder.
fn contains(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}
