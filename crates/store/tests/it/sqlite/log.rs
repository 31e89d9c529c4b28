//! Durability, seen in SQLite's write-ahead log: what is acknowledged is there, and costs one sync.

use std::path::Path;

use paifang_store::{SqliteStore, Store as _, StoreExt as _};

use crate::nouns::{Group, id};
use crate::suite::documents::join_all;
use crate::suite::master;
use crate::suite::{NOW, commit, put, refused};

#[tokio::test]
async fn every_commit_is_one_transaction_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = SqliteStore::open(&path, master()).await.unwrap();
    let before = transactions(&path);
    commit(&store, put(&Group::new(1, "a"))).await;
    commit(&store, put(&Group::new(2, "b"))).await;
    assert_eq!(transactions(&path) - before, 2);
    refused(&store, put(&Group::new(3, "b"))).await;
    commit(&store, paifang_store::Batch::at(NOW)).await;
    assert_eq!(transactions(&path) - before, 2, "what writes nothing syncs nothing");
}

#[tokio::test]
async fn commits_that_wait_together_share_a_transaction_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = SqliteStore::open(&path, master()).await.unwrap();
    let before = transactions(&path);
    let groups: Vec<Group> = (0..40).map(|n| Group::new(n, &format!("group {n}"))).collect();
    let answers = join_all(groups.iter().map(|group| store.commit(put(group))).collect()).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(transactions(&path) - before, 1);
}

#[test]
fn what_was_acknowledged_survives_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let (path, image) = (folder.path().join("store.db"), folder.path().join("image.db"));
    let writing = path.clone();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let store = runtime.block_on(SqliteStore::open(&writing, master())).unwrap();
        for number in 1..=20 {
            runtime.block_on(commit(&store, put(&Group::new(number, &format!("group {number}")))));
        }
        // Neither closed nor dropped: the process just ends, as far as the file can tell.
        std::mem::forget((store, runtime));
    });
    thread.join().unwrap();
    // What a crash leaves is the file and its log, not the memory that connections share.
    std::fs::copy(&path, &image).unwrap();
    std::fs::copy(log_of(&path), log_of(&image)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = SqliteStore::open(&image, master()).await.unwrap();
        assert_eq!(store.head().await.unwrap(), 20);
        assert_eq!(*store.watch().borrow(), 20);
        assert_eq!(store.changes(0, 100).await.unwrap().changes.len(), 20);
        assert_eq!(store.get_as::<Group>(id(20)).await.unwrap().unwrap().value.name, "group 20");
    });
}

fn log_of(path: &Path) -> std::path::PathBuf {
    path.with_extension("db-wal")
}

/// The transactions in the log. Each is synced when it ends (`synchronous = FULL`), and ends with a frame that tells
/// the size of the database after it (sqlite.org, "WAL-mode File Format").
fn transactions(path: &Path) -> usize {
    let log = std::fs::read(log_of(path)).unwrap();
    let (header, frames) = log.split_at_checked(32).unwrap();
    let page = u32::from_be_bytes(header[8..12].try_into().unwrap()) as usize;
    frames.chunks_exact(24 + page).filter(|frame| frame[4..8] != [0; 4]).count()
}
