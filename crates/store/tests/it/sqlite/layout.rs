//! Opening files: old, new, foreign.

use paifang_store::{SqliteStore, Store as _, StoreError, StoreExt as _, Tasks as _};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::nouns::{Group, id};
use crate::suite::master;
use crate::suite::{commit, put};

#[tokio::test]
async fn a_file_is_opened_again_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = SqliteStore::open(&path, master()).await.unwrap();
    commit(&store, put(&Group::new(1, "pets"))).await;
    drop(store);
    let store = SqliteStore::open(&path, master()).await.unwrap();
    assert_eq!(store.head().await.unwrap(), 1);
    assert!(store.get_as::<Group>(id(1)).await.unwrap().is_some());
    assert_eq!(commit(&store, put(&Group::new(2, "dogs"))).await, 2);
}

#[tokio::test]
async fn an_older_file_gets_the_tables_that_came_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = SqliteStore::open(&path, master()).await.unwrap();
    commit(&store, put(&Group::new(1, "pets"))).await;
    drop(store);
    alter(&path, "DROP TABLE tasks; DROP TABLE task_items; DROP TABLE leases; DROP TABLE nodes; DROP TABLE telemetry; PRAGMA user_version = 2").await;
    let store = SqliteStore::open(&path, master()).await.unwrap();
    assert!(store.get_as::<Group>(id(1)).await.unwrap().is_some());
    assert_eq!(store.task(id(1).into()).await.unwrap(), None);
}

#[tokio::test]
async fn a_file_of_a_newer_binary_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    drop(SqliteStore::open(&path, master()).await.unwrap());
    alter(&path, "PRAGMA user_version = 99").await;
    let error = SqliteStore::open(&path, master()).await.err().unwrap();
    assert!(matches!(error, StoreError::NewerLayout { found: 99, .. }), "{error}");
}

#[tokio::test]
async fn a_file_of_another_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("songs.db");
    alter(&path, "CREATE TABLE songs (title TEXT)").await;
    let error = SqliteStore::open(&path, master()).await.err().unwrap();
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    alter(&path, "PRAGMA user_version = 2").await;
    let error = SqliteStore::open(&path, master()).await.err().unwrap();
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_an_error_with_its_cause() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    std::fs::write(&path, "a letter, not a database, and long enough to tell the difference".repeat(20))
        .unwrap();
    let error = SqliteStore::open(&path, master()).await.err().unwrap();
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("not a database"), "{error:?}");
}

async fn alter(path: &std::path::Path, sql: &'static str) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
