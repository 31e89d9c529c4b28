//! The database over a network that others listen to.

use std::sync::Arc;

use paifang_store::{PostgresStore, StoreError};
use paifang_testkit::postgres::{Database, Server};

use crate::nouns::Group;
use crate::suite::master;
use crate::suite::{commit, put};

async fn open(server: &Server, database: &Database, parameters: &str) -> Result<PostgresStore, StoreError> {
    PostgresStore::open(&server.tcp_url(database.name(), parameters).parse().unwrap(), master()).await
}

#[tokio::test]
async fn the_url_says_how_much_the_certificate_is_trusted() {
    let server = Arc::new(Server::with_tls());
    let database = Database::within(&server);
    let trusted = format!("sslmode=verify-full&sslrootcert={}", server.certificate().display());
    for encrypted in [trusted.as_str(), "sslmode=require", ""] {
        let store = open(&server, &database, encrypted).await.unwrap();
        commit(&store, put(&Group::new(1, "pets"))).await;
        let sessions = database.sql(
            "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
             WHERE application_name = 'paifang' AND datname = current_database()",
        );
        assert_eq!(sessions, "t", "{encrypted}");
    }
    let error = open(&server, &database, "sslmode=verify-full").await.err().unwrap();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("certificate"), "{cause}");
}
