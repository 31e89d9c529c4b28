//! The audit trail.

use paifang_store::{
    AuditEntry, AuditLine, AuditQuery, BadQuery, Batch, Cursor, Expectation, ListError, Store,
};
use serde_json::json;

use crate::nouns::{Group, id};
use crate::suite::{Home, commit, put, refused};

fn line(at: i64, actor: &str, action: &str, resource: &str) -> AuditLine {
    let [actor, action, resource, outcome] = [actor, action, resource, "done"].map(str::to_owned);
    AuditLine { at, actor, action, resource, outcome, detail: json!({ "n": at }) }
}

async fn times(store: &dyn Store, query: AuditQuery) -> Vec<i64> {
    store.audit(&query).await.unwrap().lines.iter().map(|entry| entry.line.at).collect()
}

async fn week(store: &dyn Store) {
    let lines = [
        line(1, "ann", "create", "group/1"),
        line(2, "bob", "create", "group/2"),
        line(3, "ann", "delete", "group/1"),
        line(3, "ann", "delete", "group/2"),
        line(5, "eve", "login", "user/1"),
    ];
    for line in lines {
        commit(store, Batch::at(0).audit(line)).await;
    }
}

pub(crate) async fn lines_come_newest_first_in_pages(home: impl Home) {
    let store = home.store();
    week(store).await;
    assert_eq!(store.head().await.unwrap(), 0, "lines alone make no revision");
    let mut query = AuditQuery { limit: 2, ..AuditQuery::default() };
    let mut seen = Vec::new();
    loop {
        let page = store.audit(&query).await.unwrap();
        seen.extend(page.lines.iter().map(|entry| (entry.line.at, entry.number)));
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, [(5, 5), (3, 4), (3, 3), (2, 2), (1, 1)]);
}

pub(crate) async fn lines_are_found_by_who_what_and_when(home: impl Home) {
    let store = home.store();
    week(store).await;
    let any = AuditQuery::default();
    let ann = AuditQuery { actor: Some("ann".into()), ..any.clone() };
    assert_eq!(times(store, ann.clone()).await, [3, 3, 1]);
    assert_eq!(times(store, AuditQuery { action: Some("create".into()), ..any.clone() }).await, [2, 1]);
    assert_eq!(times(store, AuditQuery { resource: Some("group/1".into()), ..ann }).await, [3, 1]);
    assert_eq!(times(store, AuditQuery { since: Some(2), until: Some(5), ..any.clone() }).await, [3, 3, 2]);
    let foreign = AuditQuery { after: Some(Cursor::new("00")), ..any.clone() };
    assert!(matches!(store.audit(&foreign).await, Err(ListError::Query(BadQuery::Cursor))));
    let large = AuditQuery { limit: 501, ..any };
    assert!(matches!(store.audit(&large).await, Err(ListError::Query(BadQuery::Limit { given: 501 }))));
}

pub(crate) async fn a_refused_change_leaves_no_line(home: impl Home) {
    let store = home.store();
    let group = Group::new(1, "pets");
    let key = paifang_model::record::Key::of::<Group>(id(1));
    let refusal = put(&group).expect(Expectation::Present(key)).audit(line(1, "ann", "create", "x"));
    refused(store, refusal).await;
    commit(store, put(&group).audit(line(2, "ann", "create", "group/1"))).await;
    let lines = store.audit(&AuditQuery::default()).await.unwrap().lines;
    let expected = AuditEntry { number: 1, revision: Some(1), line: line(2, "ann", "create", "group/1") };
    assert_eq!(lines, [expected]);
}
