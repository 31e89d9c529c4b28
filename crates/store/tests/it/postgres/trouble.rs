//! A database that fails in the middle of things: whoever caused it hears of it, and nobody else.

use std::error::Error as _;
use std::time::Instant;

use paifang_store::{CommitError, Filter, Query, Store, StoreError, StoreExt as _};
use paifang_testkit::postgres::Database;

use crate::nouns::{Group, id};
use crate::postgres::open;
use crate::suite::documents::join_all;
use crate::suite::{commit, put};

/// Has every transaction that writes document 2 do this: at once, or when it commits.
fn trap(database: &Database, timing: &str, does: &str) {
    database.sql(&format!(
        "CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; RETURN NULL; END $$;
         CREATE CONSTRAINT TRIGGER trap AFTER INSERT ON documents {timing} FOR EACH ROW
             WHEN (NEW.id = '\\x00000000000000000000000000000002') EXECUTE FUNCTION trap()"
    ));
}

const AT_ONCE: &str = "NOT DEFERRABLE";
const AT_COMMIT: &str = "DEFERRABLE INITIALLY DEFERRED";
const FAILS: &str = "RAISE EXCEPTION 'no space'";
const DIES: &str = "PERFORM pg_terminate_backend(pg_backend_pid())";

/// Three changes that are handed in together, of which the second is trapped.
async fn three(store: &dyn Store) -> Vec<Result<u64, CommitError>> {
    let groups = [Group::new(1, "a"), Group::new(2, "b"), Group::new(3, "c")];
    let answers = join_all(groups.iter().map(|group| store.commit(put(group))).collect()).await;
    answers.into_iter().map(|answer| answer.map(|made| made.revision)).collect()
}

#[tokio::test]
async fn a_failure_is_not_shared_by_those_in_the_same_transaction() {
    for timing in [AT_ONCE, AT_COMMIT] {
        let database = Database::fresh();
        let store = open(&database).await;
        trap(&database, timing, FAILS);
        let answers = three(&store).await;
        let [Ok(1), Err(CommitError::Store(error)), Ok(2)] = &answers[..] else { panic!("{answers:?}") };
        assert!(error.source().unwrap().to_string().contains("no space"), "{error:?}");
        assert!(store.get_as::<Group>(id(2)).await.unwrap().is_none());
        database.sql("DROP TRIGGER trap ON documents");
        assert_eq!(commit(&store, put(&Group::new(2, "b"))).await, 3);
        assert_eq!(store.changes(0, 100).await.unwrap().changes.len(), 3);
    }
}

/// The connection goes before anything was made durable: that is a failure, not a doubt.
#[tokio::test]
async fn a_connection_lost_in_the_middle_is_made_anew() {
    let database = Database::fresh();
    let store = open(&database).await;
    trap(&database, AT_ONCE, DIES);
    let answers = three(&store).await;
    let [Ok(1), Err(CommitError::Store(_)), Ok(2)] = &answers[..] else { panic!("{answers:?}") };
}

#[tokio::test]
async fn a_connection_lost_when_committing_leaves_a_doubt_that_is_said() {
    let database = Database::fresh();
    let store = open(&database).await;
    trap(&database, AT_COMMIT, DIES);
    let error = store.commit(put(&Group::new(2, "b"))).await.unwrap_err();
    assert!(matches!(error, CommitError::Unknown(_)), "{error:?}");
    assert_eq!(commit(&store, put(&Group::new(1, "a"))).await, 1, "here it was not made");
}

/// Every connection is gone, as after a restart of the database: nobody notices.
#[tokio::test]
async fn idle_connections_that_were_lost_are_made_anew() {
    let database = Database::fresh();
    let store = open(&database).await;
    commit(&store, put(&Group::new(1, "a"))).await;
    join_all((0..8).map(|_| store.head()).collect()).await;
    for _ in 0..2 {
        database.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'paifang' AND datname = current_database()");
        assert!(store.get_as::<Group>(id(1)).await.unwrap().is_some());
        commit(&store, put(&Group::new(1, "a"))).await;
    }
}

/// Someone holds the row that all changes queue for, and does not let go.
#[tokio::test]
async fn a_change_does_not_wait_for_ever() {
    let database = Database::fresh();
    let store = open(&database).await;
    let blocker = {
        let url = database.url();
        let options: sqlx::postgres::PgConnectOptions = url.parse().unwrap();
        let mut connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
        sqlx::raw_sql("BEGIN; SELECT * FROM head FOR UPDATE").execute(&mut connection).await.unwrap();
        connection
    };
    let started = Instant::now();
    let answers = three(&store).await;
    assert!(
        answers.iter().all(|answer| matches!(answer, Err(CommitError::Store(StoreError::Database { .. }))))
    );
    assert!(started.elapsed().as_secs() < 15, "one wait for all, not one each: {:?}", started.elapsed());
    assert_eq!(store.head().await.unwrap(), 0, "reading goes on");
    drop(blocker);
    commit(&store, put(&Group::new(1, "a"))).await;
}

/// Not a text that PostgreSQL has: whoever looks for it finds nothing, and nothing fails.
#[tokio::test]
async fn a_nul_is_looked_for_in_vain() {
    let database = Database::fresh();
    let store = open(&database).await;
    commit(&store, put(&Group::new(1, "pets"))).await;
    for filter in [Filter::Eq, Filter::Prefix, Filter::Contains] {
        let query = Query::of::<Group>().filter(filter("name", "pe\0".to_owned()));
        assert!(store.list(&query).await.unwrap().items.is_empty());
    }
}
