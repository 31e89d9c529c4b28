//! The change feed.

use paifang_model::record::Key;
use paifang_store::{Batch, Changes, ChangesError, Op, Write};

use crate::nouns::{Group, id};
use crate::suite::{Home, NOW, commit, put};

/// The feed as lines: revision, what, name.
fn lines(changes: &Changes) -> Vec<String> {
    let line = |change: &paifang_store::Change| match &change.op {
        Op::Put(document) => {
            format!("{} put {}", change.revision, document.read::<Group>().unwrap().value.name)
        }
        Op::Delete => format!("{} delete", change.revision),
    };
    changes.changes.iter().map(|change| line(change.as_ref().unwrap())).collect()
}

pub(crate) async fn tells_what_each_revision_did(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "a")).write(Write::put(&Group::new(2, "b")))).await;
    commit(store, Batch::at(NOW).write(Write::delete(Key::of::<Group>(id(1))))).await;
    let changes = store.changes(0, 100).await.unwrap();
    assert_eq!(lines(&changes), ["1 put a", "1 put b", "2 delete"]);
    assert_eq!((changes.through, changes.head), (2, 2));
    let nothing = store.changes(2, 100).await.unwrap();
    assert_eq!((nothing.changes.len(), nothing.through), (0, 2));
}

pub(crate) async fn is_exact_history(home: impl Home) {
    let store = home.store();
    for name in ["a", "b", "c"] {
        commit(store, put(&Group::new(1, name))).await;
    }
    assert_eq!(lines(&store.changes(0, 100).await.unwrap()), ["1 put a", "2 put b", "3 put c"]);
    let Op::Put(document) = &store.changes(1, 1).await.unwrap().changes[0].as_ref().unwrap().op.clone()
    else {
        panic!("a put")
    };
    assert_eq!((document.revision, document.created_at), (2, NOW));
}

pub(crate) async fn answers_in_whole_revisions(home: impl Home) {
    let store = home.store();
    for revision in 0..3 {
        let group = |n: u16| Group::new(revision * 3 + n, &format!("{revision} {n}"));
        let batch = put(&group(0)).write(Write::put(&group(1))).write(Write::put(&group(2)));
        commit(store, batch).await;
    }
    for (limit, through) in [(0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 3)] {
        let changes = store.changes(0, limit).await.unwrap();
        assert_eq!(changes.through, through, "limit {limit}");
        assert_eq!(changes.changes.len() as u64, through * 3, "limit {limit}");
        assert_eq!(changes.head, 3);
    }
}

pub(crate) async fn moves_the_watch(home: impl Home) {
    let store = home.store();
    let mut watch = store.watch();
    assert_eq!(*watch.borrow_and_update(), 0);
    commit(store, put(&Group::new(1, "a"))).await;
    assert!(watch.has_changed().unwrap(), "it moves before the caller hears");
    assert_eq!(*watch.borrow_and_update(), 1);
    commit(store, Batch::at(NOW)).await;
    assert!(!watch.has_changed().unwrap(), "a batch without writes makes no revision");
}

pub(crate) async fn forgets_what_is_old(home: impl Home) {
    let store = home.store();
    for name in ["a", "b", "c", "d"] {
        commit(store, put(&Group::new(1, name))).await;
    }
    assert_eq!(store.compact(10).await.unwrap(), 0, "there is nothing that old");
    assert_eq!(store.compact(2).await.unwrap(), 2);
    assert_eq!(lines(&store.changes(2, 100).await.unwrap()), ["3 put c", "4 put d"]);
    let error = store.changes(1, 100).await.unwrap_err();
    assert!(matches!(error, ChangesError::TooOld { after: 1, floor: 2 }), "{error}");
    assert_eq!(store.compact(3).await.unwrap(), 2, "what is forgotten does not come back");
    assert_eq!(store.compact(0).await.unwrap(), 4);
    assert!(store.changes(4, 100).await.unwrap().changes.is_empty());
    commit(store, put(&Group::new(1, "e"))).await;
    assert_eq!(lines(&store.changes(4, 100).await.unwrap()), ["5 put e"]);
}

pub(crate) async fn refuses_a_revision_from_the_future(home: impl Home) {
    let error = home.store().changes(1, 100).await.unwrap_err();
    assert!(matches!(error, ChangesError::Ahead { after: 1, head: 0 }), "{error}");
}
