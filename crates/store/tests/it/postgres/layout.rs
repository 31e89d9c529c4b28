//! Opening databases: new, old, foreign, and several processes at once.

use paifang_store::{PostgresStore, Store as _, StoreError, StoreExt as _};
use paifang_testkit::postgres::{Database, Server};

use crate::nouns::{Group, id};
use crate::postgres::open;
use crate::suite::documents::join_all;
use crate::suite::master;
use crate::suite::{commit, put};

async fn refused(database: &Database) -> StoreError {
    PostgresStore::open(&database.url().parse().unwrap(), master()).await.err().unwrap()
}

#[tokio::test]
async fn a_database_is_opened_again_as_it_was() {
    let database = Database::fresh();
    let store = open(&database).await;
    commit(&store, put(&Group::new(1, "pets"))).await;
    drop(store);
    let store = open(&database).await;
    assert_eq!(*store.watch().borrow(), 1);
    assert!(store.get_as::<Group>(id(1)).await.unwrap().is_some());
    assert_eq!(commit(&store, put(&Group::new(2, "dogs"))).await, 2);
}

#[tokio::test]
async fn processes_that_start_at_once_make_the_tables_once() {
    let database = Database::fresh();
    let stores = join_all((0..6).map(|_| Box::pin(open(&database))).collect()).await;
    for (number, store) in (1..).zip(&stores) {
        assert_eq!(commit(store, put(&Group::new(number, &number.to_string()))).await, u64::from(number));
    }
}

#[tokio::test]
async fn a_database_of_a_newer_binary_is_refused() {
    let database = Database::fresh();
    drop(open(&database).await);
    database.sql("UPDATE paifang_layout SET layout = 99");
    let error = refused(&database).await;
    assert!(matches!(error, StoreError::NewerLayout { found: 99, .. }), "{error}");
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_left_alone() {
    let database = Database::fresh();
    database.sql("CREATE TABLE songs (title TEXT)");
    let error = refused(&database).await;
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    assert!(error.to_string().ends_with("is a database of another program"), "{error}");
    assert_eq!(
        database.sql("SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'"),
        "songs"
    );
}

/// Providers put views of theirs into new databases.
#[tokio::test]
async fn what_belongs_to_an_extension_does_not_matter() {
    let database = Database::fresh();
    database.sql("CREATE VIEW statistics AS SELECT 1; ALTER EXTENSION plpgsql ADD VIEW statistics");
    open(&database).await;
}

#[tokio::test]
async fn a_schema_of_its_own_in_a_shared_database_will_do() {
    let database = Database::fresh();
    database.sql("CREATE TABLE songs (title TEXT); CREATE SCHEMA gateway");
    let url = format!("{}&options=-c%20search_path%3Dgateway", database.url());
    let store = PostgresStore::open(&url.parse().unwrap(), master()).await.unwrap();
    commit(&store, put(&Group::new(1, "pets"))).await;
    assert_eq!(database.sql("SELECT count(*) FROM gateway.documents"), "1");
}

#[tokio::test]
async fn a_database_that_cannot_hold_every_text_is_refused() {
    let server = Server::shared();
    let latin = format!("latin_{}", std::process::id());
    server.sql(
        "postgres",
        &format!(
            "CREATE DATABASE {latin} TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
        ),
    );
    let database = Database::fresh();
    let url = database.url().replace(database.name(), &latin);
    let error = PostgresStore::open(&url.parse().unwrap(), master()).await.err().unwrap();
    assert!(error.to_string().ends_with("its encoding is LATIN1; UTF8 is needed"), "{error}");
    server.sql("postgres", &format!("DROP DATABASE {latin} WITH (FORCE)"));
}
