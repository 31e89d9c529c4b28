//! The nodes that serve from a store: what they report, and when they are forgotten.

use std::time::Duration;

use paifang_store::{NodeReport, NodeState, StoreError};

use crate::nouns::id;
use crate::suite::{Home, NOW};

fn alpha() -> NodeReport {
    NodeReport {
        id: id(1),
        name: "alpha".to_owned(),
        version: "1.2.3".to_owned(),
        started_at: NOW,
        state: NodeState::Starting,
        served_revision: 0,
        http: "127.0.0.1:8080".to_owned(),
        management: "127.0.0.1:9000".to_owned(),
    }
}

fn beta() -> NodeReport {
    NodeReport { id: id(2), name: "beta".to_owned(), started_at: NOW - 1, ..alpha() }
}

async fn reports(home: &impl Home) -> Vec<NodeReport> {
    home.nodes().nodes().await.unwrap().into_iter().map(|node| node.report).collect()
}

pub(crate) async fn a_report_replaces_the_last_one(home: impl Home) {
    home.nodes().report(&alpha()).await.unwrap();
    home.nodes().report(&beta()).await.unwrap();
    let serving = NodeReport { state: NodeState::Serving, served_revision: 7, ..alpha() };
    home.nodes().report(&serving).await.unwrap();
    assert_eq!(reports(&home).await, [beta(), serving]);
    let silent = home.nodes().nodes().await.unwrap().into_iter().map(|node| node.silent);
    assert!(silent.max() < Some(Duration::from_secs(60)));
}

pub(crate) async fn reports_are_no_revisions(home: impl Home) {
    home.nodes().report(&alpha()).await.unwrap();
    assert_eq!(home.store().head().await.unwrap(), 0);
    assert!(home.store().changes(0, 10).await.unwrap().changes.is_empty());
}

pub(crate) async fn a_node_that_leaves_is_forgotten(home: impl Home) {
    home.nodes().report(&alpha()).await.unwrap();
    home.nodes().report(&beta()).await.unwrap();
    home.nodes().leave(id(1)).await.unwrap();
    home.nodes().leave(id(9)).await.unwrap();
    assert_eq!(reports(&home).await, [beta()]);
}

pub(crate) async fn who_is_silent_for_long_is_forgotten(home: impl Home) {
    home.nodes().report(&alpha()).await.unwrap();
    home.nodes().report(&beta()).await.unwrap();
    home.tamper("UPDATE nodes SET heartbeat_at = heartbeat_at - 7200000 WHERE name = 'alpha'").await;
    let silent = home.nodes().nodes().await.unwrap().into_iter().find(|node| node.report == alpha()).unwrap();
    assert!(silent.silent >= Duration::from_secs(7200), "{silent:?}");
    home.nodes().forget_silent(Duration::from_secs(3600)).await.unwrap();
    assert_eq!(reports(&home).await, [beta()]);
}

pub(crate) async fn a_damaged_row_is_an_error(home: impl Home) {
    home.nodes().report(&alpha()).await.unwrap();
    home.tamper("UPDATE nodes SET state = 'asleep'").await;
    let error = home.nodes().nodes().await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}
