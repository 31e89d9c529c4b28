//! Nodes on one database: each finds the others, and a report waits for no change.

use std::time::{Duration, Instant};

use paifang_store::{NodeReport, NodeState, NodeTable as _};
use paifang_testkit::postgres::Database;
use sqlx::ConnectOptions as _;
use sqlx::postgres::PgConnectOptions;

use crate::nouns::id;
use crate::postgres::open;
use crate::suite::NOW;

/// Less than the turn to make a change is waited for.
const AT_ONCE: Duration = Duration::from_secs(4);

fn node(number: u16) -> NodeReport {
    NodeReport {
        id: id(number),
        name: format!("node-{number}"),
        version: "1.2.3".to_owned(),
        started_at: NOW + i64::from(number),
        state: NodeState::Serving,
        served_revision: 0,
        http: "127.0.0.1:8080".to_owned(),
        management: "127.0.0.1:9000".to_owned(),
    }
}

#[tokio::test]
async fn nodes_of_all_processes_are_in_one_table() {
    let database = Database::fresh();
    let (one, other) = (open(&database).await, open(&database).await);
    assert!(one.is_shared());
    one.report(&node(1)).await.unwrap();
    other.report(&node(2)).await.unwrap();
    let found: Vec<NodeReport> = one.nodes().await.unwrap().into_iter().map(|node| node.report).collect();
    assert_eq!(found, [node(1), node(2)]);
    one.leave(id(1)).await.unwrap();
    assert_eq!(other.nodes().await.unwrap().len(), 1);
}

/// Someone holds the row that all changes queue for.
#[tokio::test]
async fn a_report_does_not_queue_with_changes() {
    let database = Database::fresh();
    let store = open(&database).await;
    let options: PgConnectOptions = database.url().parse().unwrap();
    let mut blocker = options.connect().await.unwrap();
    sqlx::raw_sql("BEGIN; SELECT * FROM head FOR UPDATE").execute(&mut blocker).await.unwrap();
    let started = Instant::now();
    store.report(&node(1)).await.unwrap();
    assert_eq!(store.nodes().await.unwrap().len(), 1);
    store.forget_silent(Duration::from_secs(3600)).await.unwrap();
    store.leave(id(1)).await.unwrap();
    assert!(started.elapsed() < AT_ONCE, "{:?}", started.elapsed());
}

/// Every connection is gone, as after a restart of the database: the next report comes through.
#[tokio::test]
async fn a_report_after_a_lost_connection_comes_through() {
    let database = Database::fresh();
    let store = open(&database).await;
    for _ in 0..2 {
        store.report(&node(1)).await.unwrap();
        database.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'paifang' AND datname = current_database()");
    }
    store.report(&node(1)).await.unwrap();
}
