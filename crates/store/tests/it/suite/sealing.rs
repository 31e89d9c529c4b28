//! Secrets are sealed in the store, and nobody above it notices.

use paifang_model::Secret;
use paifang_model::record::Key;
use paifang_store::{
    Conflict, DataKeyState, KeyChange, Keys, MasterKey, Op, Query, Store, StoreExt as _, Write,
};
use serde_json::json;

use crate::nouns::{Group, Safe, id};
use crate::suite::{Home, NOW, commit, put, refused};

/// Makes a new data key.
pub(crate) async fn rotate(store: &dyn Store) {
    commit(store, paifang_store::Batch::at(NOW).keys(KeyChange::Rotate)).await;
}

/// Seals everything anew in steps of so many; how many were sealed, and how many were left.
pub(crate) async fn reseal(store: &dyn Store, at_once: u32) -> (u64, u64) {
    let (mut sealed, mut left, mut place) = (0, 0, None);
    loop {
        let step = store.reseal(place, at_once).await.unwrap();
        (sealed, left) = (sealed + step.sealed, left + step.left);
        place = step.next;
        if place.is_none() {
            return (sealed, left);
        }
    }
}

async fn safes(store: &dyn Store) -> Vec<Safe> {
    let page = store.list_as::<Safe>(&Query::of::<Safe>().by("label")).await.unwrap();
    page.items.into_iter().map(|item| item.unwrap().value).collect()
}

/// The data keys, as number, documents and entries of the feed.
fn uses(keys: &Keys) -> Vec<(u32, u64, u64)> {
    keys.data.iter().map(|key| (key.number, key.documents, key.changes)).collect()
}

pub(crate) async fn secrets_come_back_everywhere(home: impl Home) {
    let store = home.store();
    let content = Some(json!({ "text": "as given", "list": [1, null, "two"], "~/": {} }));
    let safe = Safe { content, ..Safe::new(1, "a code; \"quoted\" \u{1f511}") };
    commit(store, put(&safe)).await;
    assert_eq!(store.get_as::<Safe>(id(1)).await.unwrap().unwrap().value, safe);
    assert_eq!(safes(store).await, std::slice::from_ref(&safe));
    let changes = store.changes(0, 10).await.unwrap().changes;
    let Op::Put(document) = &changes[0].as_ref().unwrap().op else { panic!("{changes:?}") };
    assert_eq!(document.read::<Safe>().unwrap().value, safe);
    assert_eq!(document.data_key, Some(1));
}

pub(crate) async fn a_secret_is_found_and_has_one_holder(home: impl Home) {
    let store = home.store();
    commit(store, put(&Safe::new(1, "code-one")).write(Write::put(&Safe::new(2, "code-two")))).await;
    let find = async |code: &str| {
        let query = Query::of::<Safe>().secret("code", Secret::new(code)).counted();
        let page = store.list_as::<Safe>(&query).await.unwrap();
        assert_eq!(page.total.unwrap(), page.items.len() as u64);
        page.items.into_iter().map(|item| item.unwrap().value.id).collect::<Vec<_>>()
    };
    assert_eq!(find("code-two").await, [id(2)]);
    assert_eq!(find("code").await, [], "a part is nothing");
    let conflicts = refused(store, put(&Safe::new(3, "code-one"))).await;
    let [Conflict::Taken { field: "code", holder, .. }] = &conflicts[..] else { panic!("{conflicts:?}") };
    assert_eq!(*holder, Key::of::<Safe>(id(1)));
    assert!(!format!("{conflicts:?} {}", conflicts[0]).contains("code-one"));
    // A text that is the digest is not the secret.
    let Conflict::Taken { value, .. } = &conflicts[0] else { unreachable!() };
    assert_eq!(find(value).await, []);
    commit(store, put(&Safe::new(1, "code-new"))).await;
    commit(store, put(&Safe::new(3, "code-one"))).await;
    assert_eq!((find("code-one").await, find("code-new").await), (vec![id(3)], vec![id(1)]));
}

pub(crate) async fn what_has_no_secret_is_not_sealed(home: impl Home) {
    commit(home.store(), put(&Group::new(1, "pets"))).await;
    let document = home.store().get(Key::of::<Group>(id(1))).await.unwrap().unwrap();
    assert_eq!(document.data_key, None);
    assert_eq!(uses(&home.store().keys().await.unwrap()), [(1, 0, 0)]);
}

pub(crate) async fn a_rotation_seals_everything_anew_and_nobody_notices(home: impl Home) {
    let store = home.store();
    let all: Vec<_> = (1..=7).map(|number| Safe::new(number, &format!("code-{number}"))).collect();
    for safe in &all {
        commit(store, put(safe)).await;
    }
    commit(store, put(&Group::new(1, "pets"))).await;
    let (before, mut watch) = (store.changes(0, 100).await.unwrap(), store.watch());
    watch.mark_unchanged();
    rotate(store).await;
    let keys = store.keys().await.unwrap();
    assert_eq!(uses(&keys), [(1, 7, 7), (2, 0, 0)]);
    let states: Vec<_> = keys.data.iter().map(|key| key.state).collect();
    assert_eq!(states, [DataKeyState::Retiring, DataKeyState::Active]);
    // In the middle of it, some are sealed with this key and some with that.
    let step = store.reseal(None, 3).await.unwrap();
    assert_eq!((step.sealed, step.left), (3, 0));
    assert_eq!(uses(&store.keys().await.unwrap()), [(1, 4, 7), (2, 3, 0)]);
    assert_eq!(safes(store).await, all);
    rotate(store).await;
    assert_eq!(reseal(store, 3).await, (14, 0));
    assert_eq!(uses(&store.keys().await.unwrap()), [(3, 7, 7)]);
    assert_eq!(safes(store).await, all);
    let after = store.changes(0, 100).await.unwrap();
    assert_eq!((after.head, watch.has_changed().unwrap()), (before.head, false));
    for (before, after) in before.changes.into_iter().zip(after.changes) {
        let (mut before, after) = (before.unwrap(), after.unwrap());
        if let (Op::Put(before), Op::Put(after)) = (&mut before.op, &after.op) {
            before.data_key = after.data_key;
        }
        assert_eq!(before, after);
    }
    assert_eq!(reseal(store, 3).await, (0, 0));
}

pub(crate) async fn what_is_written_while_it_is_sealed_anew_stays_written(home: impl Home) {
    let store = home.store();
    for number in 1..=20 {
        commit(store, put(&Safe::new(number, &format!("old-{number}")))).await;
    }
    rotate(store).await;
    let write = async {
        for number in 1..=20 {
            commit(store, put(&Safe::new(number, &format!("new-{number}")))).await;
        }
    };
    tokio::join!(write, reseal(store, 2));
    reseal(store, 100).await;
    let codes = safes(store).await;
    assert!(codes.iter().all(|safe| safe.code.expose().starts_with("new-")), "{codes:?}");
    assert_eq!(uses(&store.keys().await.unwrap()), [(2, 20, 40)]);
}

pub(crate) async fn keys_that_still_seal_something_stay(home: impl Home) {
    let store = home.store();
    commit(store, put(&Safe::new(1, "code-one"))).await;
    rotate(store).await;
    rotate(store).await;
    assert_eq!(uses(&store.keys().await.unwrap()), [(1, 1, 1), (2, 0, 0), (3, 0, 0)]);
    assert_eq!(store.get_as::<Safe>(id(1)).await.unwrap().unwrap().value.code.expose(), "code-one");
    assert_eq!(reseal(store, 1).await, (2, 0));
    assert_eq!(uses(&store.keys().await.unwrap()), [(3, 1, 1)]);
}

pub(crate) async fn other_wrappings_are_noticed_before_a_rotation(home: impl Home) {
    let store = home.store();
    commit(store, put(&Safe::new(1, "code-one"))).await;
    let new = MasterKey::random().unwrap();
    let fingerprint = new.fingerprint();
    commit(store, paifang_store::Batch::at(NOW).keys(KeyChange::Rewrap(new))).await;
    assert_eq!(store.keys().await.unwrap().master, fingerprint);
    // What is open stays open; a new key would be wrapped by the old master key.
    assert_eq!(safes(store).await.len(), 1);
    let conflicts = refused(store, paifang_store::Batch::at(NOW).keys(KeyChange::Rotate)).await;
    assert!(matches!(conflicts[..], [Conflict::OtherMasterKey]), "{conflicts:?}");
    assert_eq!(store.keys().await.unwrap().data.len(), 1);
}
