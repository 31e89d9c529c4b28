//! A database that is stopped: everything fails soon while it is away, and goes on when it is back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use paifang_store::{CommitError, Store as _, StoreExt as _};
use paifang_testkit::postgres::{Database, Server};

use crate::nouns::{Group, id};
use crate::postgres::open;
use crate::suite::{commit, put};

/// Whoever manages the gateway waits so long for a sentence.
const SOON: Duration = Duration::from_secs(8);

#[tokio::test]
async fn everything_fails_soon_and_goes_on_later() {
    let server = Arc::new(Server::start());
    let database = Database::within(&server);
    let (store, other) = (open(&database).await, open(&database).await);
    commit(&store, put(&Group::new(1, "before"))).await;
    server.stop();
    let started = Instant::now();
    let error = store.commit(put(&Group::new(2, "meanwhile"))).await.unwrap_err();
    assert!(matches!(error, CommitError::Store(_)), "nothing began, so there is no doubt: {error:?}");
    assert!(store.get_as::<Group>(id(1)).await.is_err());
    assert!(store.changes(0, 10).await.is_err());
    assert!(started.elapsed() < 3 * SOON, "{:?}", started.elapsed());
    server.resume();
    let mut watch = other.watch();
    assert_eq!(commit(&store, put(&Group::new(2, "after"))).await, 2);
    let moved = watch.wait_for(|head| *head == 2);
    tokio::time::timeout(Duration::from_secs(20), moved).await.unwrap().unwrap();
    assert!(other.get_as::<Group>(id(1)).await.unwrap().is_some());
}

/// The server syncs its disk here, and is killed without a chance to write anything.
#[tokio::test]
async fn what_was_acknowledged_survives_a_crash() {
    let server = Arc::new(Server::start());
    let database = Database::within(&server);
    // An operator who does not wait for the disk does so without us.
    database.sql(&format!("ALTER DATABASE {} SET synchronous_commit = off", database.name()));
    let store = open(&database).await;
    for number in 1..=20 {
        commit(&store, put(&Group::new(number, &format!("group {number}")))).await;
    }
    server.crash();
    server.resume();
    assert_eq!(store.head().await.unwrap(), 20);
    assert_eq!(store.changes(0, 100).await.unwrap().changes.len(), 20);
    assert_eq!(commit(&store, put(&Group::new(21, "after"))).await, 21);
}
