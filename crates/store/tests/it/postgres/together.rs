//! Several processes on one database: as many stores as there would be processes.

use std::time::Duration;

use paifang_model::Kind;
use paifang_store::{Batch, ChangesError, CommitError, Conflict, Expectation, Op, Store, Write};
use paifang_testkit::postgres::Database;

use crate::nouns::{Api, Group, id};
use crate::postgres::open;
use crate::suite::documents::join_all;
use crate::suite::{NOW, commit, put};

/// Longer than any notification, or the poll that stands in for it, takes.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn changes_of_all_get_gapless_revisions_in_the_order_of_the_feed() {
    let database = Database::fresh();
    let stores = [open(&database).await, open(&database).await, open(&database).await];
    let groups: Vec<Group> = (0..90).map(|n| Group::new(n, &format!("group {n}"))).collect();
    let commits = (0_usize..).zip(&groups).map(|(n, group)| stores[n % 3].commit(put(group))).collect();
    let mut revisions: Vec<u64> =
        join_all(commits).await.into_iter().map(|made| made.unwrap().revision).collect();
    revisions.sort_unstable();
    assert_eq!(revisions, (1..=90).collect::<Vec<_>>());
    for store in &stores {
        let changes = store.changes(0, 1000).await.unwrap().changes;
        let told: Vec<u64> = changes.into_iter().map(|change| change.unwrap().revision).collect();
        assert_eq!(told, revisions);
    }
}

/// A reader that follows the feed while others write sees every revision, once, in order, and whole.
#[tokio::test]
async fn the_feed_has_no_gap_while_others_write() {
    let database = Database::fresh();
    let (writers, reader) = ([open(&database).await, open(&database).await], open(&database).await);
    let pair = |n: u16| {
        put(&Group::new(2 * n, &format!("even {n}")))
            .write(Write::put(&Group::new(2 * n + 1, &format!("odd {n}"))))
    };
    let write = async {
        let commits = (0..60).map(|n| writers[usize::from(n % 2)].commit(pair(n))).collect();
        join_all(commits).await
    };
    let follow = async {
        let (mut seen, mut after, mut head) = (Vec::new(), 0, reader.watch());
        while after < 60 {
            tokio::time::timeout(PATIENCE, head.wait_for(|head| *head > after)).await.unwrap().unwrap();
            let changes = reader.changes(after, 1).await.unwrap();
            seen.extend(changes.changes.into_iter().map(|change| change.unwrap().revision));
            after = changes.through;
        }
        seen
    };
    let (made, seen) = tokio::join!(write, follow);
    assert!(made.iter().all(Result::is_ok));
    assert_eq!(seen, (1..=60).flat_map(|revision| [revision, revision]).collect::<Vec<_>>());
}

#[tokio::test]
async fn rules_hold_over_all() {
    let database = Database::fresh();
    let stores = [open(&database).await, open(&database).await];
    commit(&stores[0], put(&Group::new(1, "pets"))).await;
    let five = Expectation::AtMost { kind: Kind::Api, scope: Some(id(1)), n: 5 };
    let batches = (0..20).map(|n| put(&Api::new(100 + n, 1, &format!("api {}", n % 10))).expect(five));
    let commits = (0_usize..).zip(batches).map(|(n, batch)| stores[n % 2].commit(batch)).collect();
    let answers = join_all(commits).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 5);
    for refused in answers.into_iter().filter_map(Result::err) {
        let CommitError::Refused(conflicts) = refused else { panic!("{refused}") };
        let known =
            |conflict: &Conflict| matches!(conflict, Conflict::TooMany { .. } | Conflict::Taken { .. });
        assert!(conflicts.0.iter().all(known), "{conflicts}");
    }
}

#[tokio::test]
async fn lines_of_the_audit_trail_are_numbered_over_all() {
    let database = Database::fresh();
    let stores = [open(&database).await, open(&database).await];
    let line = |at| {
        let [actor, action, resource, outcome] = ["ann", "look", "x", "done"].map(str::to_owned);
        paifang_store::AuditLine { at, actor, action, resource, outcome, detail: serde_json::Value::Null }
    };
    let commits =
        (0..40).map(|n: i64| stores[(n % 2) as usize].commit(Batch::at(NOW).audit(line(n)))).collect();
    assert!(join_all(commits).await.iter().all(Result::is_ok));
    assert_eq!(database.sql("SELECT count(*), min(number), max(number) FROM audit"), "40|1|40");
}

#[tokio::test]
async fn the_watch_moves_with_the_changes_of_another() {
    let database = Database::fresh();
    let (one, other) = (open(&database).await, open(&database).await);
    let mut watch = other.watch();
    commit(&one, put(&Group::new(1, "pets"))).await;
    tokio::time::timeout(PATIENCE, watch.wait_for(|head| *head == 1)).await.unwrap().unwrap();
    let changes = other.changes(0, 10).await.unwrap().changes;
    assert!(matches!(changes[0].as_ref().unwrap().op, Op::Put(_)));
}

/// Nothing notifies of what psql does: the poll finds it.
#[tokio::test]
async fn the_watch_moves_without_a_notification() {
    let database = Database::fresh();
    let store = open(&database).await;
    let mut watch = store.watch();
    database.sql("UPDATE head SET revision = 7");
    tokio::time::timeout(PATIENCE, watch.wait_for(|head| *head == 7)).await.unwrap().unwrap();
}

/// As when an older copy of the database is put back: whoever follows has to hear of it.
#[tokio::test]
async fn the_watch_goes_back_with_the_database() {
    let database = Database::fresh();
    let store = open(&database).await;
    commit(&store, put(&Group::new(1, "pets"))).await;
    commit(&store, put(&Group::new(1, "dogs"))).await;
    let mut watch = store.watch();
    database.sql("UPDATE head SET revision = 1");
    tokio::time::timeout(PATIENCE, watch.wait_for(|head| *head == 1)).await.unwrap().unwrap();
    let error = store.changes(2, 10).await.unwrap_err();
    assert!(matches!(error, ChangesError::Ahead { after: 2, head: 1 }), "{error}");
}

#[tokio::test]
async fn all_may_forget_at_the_same_time() {
    let database = Database::fresh();
    let stores = [open(&database).await, open(&database).await];
    for number in 0..30 {
        commit(&stores[0], put(&Group::new(number, &number.to_string()))).await;
    }
    let floors = join_all((0..8).map(|n| stores[n % 2].compact(10)).collect()).await;
    assert!(floors.iter().all(|floor| *floor.as_ref().unwrap() == 20), "{floors:?}");
    for store in &stores {
        let error = store.changes(19, 10).await.unwrap_err();
        assert!(matches!(error, ChangesError::TooOld { after: 19, floor: 20 }), "{error}");
        assert_eq!(store.changes(20, 100).await.unwrap().changes.len(), 10);
    }
}
