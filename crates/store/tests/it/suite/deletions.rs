//! What deleting a document does to those around it.

use paifang_model::record::{Key, Record as _};
use paifang_store::{Batch, Conflict, Op, Store, StoreExt as _, Write};

use crate::nouns::{Api, App, AppCode, Grant, Group, id};
use crate::suite::{Home, NOW, commit, put, refused};

/// Group 1 with API 10, which app 20 may call, with code 30 on that grant.
async fn small_world(store: &dyn Store) -> Grant {
    let grant = Grant::new(10, 20);
    let batch = put(&Group::new(1, "pets"))
        .write(Write::put(&Api::new(10, 1, "get")))
        .write(Write::put(&App::new(20, "caller")))
        .write(Write::put(&grant))
        .write(Write::put(&AppCode { id: id(30), grant: grant.id }));
    commit(store, batch).await;
    grant
}

fn delete(key: Key) -> Batch {
    Batch::at(NOW).write(Write::delete(key))
}

pub(crate) async fn a_needed_document_stays(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "pets"))).await;
    for number in 100..112 {
        commit(store, put(&Api::new(number, 1, &format!("api {number}")))).await;
    }
    let conflicts = refused(store, delete(Key::of::<Group>(id(1)))).await;
    let [Conflict::Held { key, ref holders, count }] = conflicts[..] else { panic!("{conflicts:?}") };
    assert_eq!((key, count), (Key::of::<Group>(id(1)), 12));
    assert_eq!(*holders, (100..110).map(|n| Key::of::<Api>(id(n))).collect::<Vec<_>>());
    assert!(store.get_as::<Group>(id(1)).await.unwrap().is_some());
}

pub(crate) async fn dependents_go_along(home: impl Home) {
    let store = home.store();
    let grant = small_world(store).await;
    commit(store, delete(Key::of::<Api>(id(10)))).await;
    let changes = store.changes(1, 100).await.unwrap().changes;
    let mut gone: Vec<Key> = changes
        .into_iter()
        .map(|change| change.unwrap())
        .inspect(|change| assert_eq!(change.op, Op::Delete))
        .map(|change| change.key)
        .collect();
    gone.sort_unstable();
    let mut expected = [Key::of::<Api>(id(10)), Key::of::<Grant>(grant.id()), Key::of::<AppCode>(id(30))];
    expected.sort_unstable();
    assert_eq!(gone, expected);
    assert!(store.get_as::<AppCode>(id(30)).await.unwrap().is_none());
    commit(store, delete(Key::of::<App>(id(20)))).await;
    commit(store, delete(Key::of::<Group>(id(1)))).await;
}

pub(crate) async fn what_goes_along_may_be_needed_elsewhere(home: impl Home) {
    let store = home.store();
    let grant = small_world(store).await;
    let conflicts = refused(store, delete(Key::of::<App>(id(20)))).await;
    let [Conflict::Held { ref holders, count: 1, .. }] = conflicts[..] else { panic!("{conflicts:?}") };
    assert_eq!(*holders, [Key::of::<Grant>(grant.id)]);
}

pub(crate) async fn holder_and_target_may_go_together(home: impl Home) {
    let store = home.store();
    small_world(store).await;
    let batch = delete(Key::of::<Group>(id(1)))
        .write(Write::delete(Key::of::<App>(id(20))))
        .write(Write::delete(Key::of::<Api>(id(10))));
    commit(store, batch).await;
    assert_eq!(store.changes(1, 100).await.unwrap().changes.len(), 5);
}

pub(crate) async fn a_holder_that_lets_go_frees_its_target(home: impl Home) {
    let store = home.store();
    let batch = put(&Group::new(1, "a")).write(Write::put(&Group::new(2, "b")));
    commit(store, batch.write(Write::put(&Api::new(10, 1, "get")))).await;
    let moved = delete(Key::of::<Group>(id(1))).write(Write::put(&Api::new(10, 2, "get")));
    commit(store, moved).await;
    let kept = delete(Key::of::<Group>(id(2))).write(Write::put(&Api::new(10, 2, "put")));
    let conflicts = refused(store, kept).await;
    let [Conflict::MissingTarget { .. }, Conflict::Held { .. }] = conflicts[..] else {
        panic!("{conflicts:?}")
    };
}

pub(crate) async fn many_go_along(home: impl Home) {
    let store = home.store();
    small_world(store).await;
    let mut batch = Batch::at(NOW);
    for number in 1000..1300 {
        batch = batch.write(Write::put(&App::new(number, "many")));
        batch = batch.write(Write::put(&Grant::new(10, number)));
    }
    commit(store, batch).await;
    commit(store, delete(Key::of::<Api>(id(10)))).await;
    assert_eq!(store.changes(2, 1000).await.unwrap().changes.len(), 303);
}

pub(crate) async fn deleting_nothing_is_no_conflict(home: impl Home) {
    let store = home.store();
    assert_eq!(commit(store, delete(Key::of::<Group>(id(1)))).await, 1);
    let changes = store.changes(0, 10).await.unwrap();
    assert_eq!((changes.changes.len(), changes.through), (0, 1));
}
