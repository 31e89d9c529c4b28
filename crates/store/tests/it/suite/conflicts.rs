//! Why changes are refused.

use paifang_model::Kind;
use paifang_model::id::Id;
use paifang_model::record::{Fields, Key, Record};
use paifang_store::{Batch, Conflict, Expectation, StoreExt as _, Write};
use serde::{Deserialize, Serialize};

use crate::nouns::{Api, Grant, Group, id};
use crate::suite::{Home, NOW, commit, put, refused, sentences};

pub(crate) async fn expectations_are_judged_before_the_writes(home: impl Home) {
    let store = home.store();
    let (pets, key) = (Group::new(1, "pets"), Key::of::<Group>(id(1)));
    let missing = refused(store, put(&pets).expect(Expectation::Present(key))).await;
    assert!(matches!(missing[..], [Conflict::Missing { .. }]));
    commit(store, put(&pets).expect(Expectation::Absent(key))).await;
    let exists = refused(store, put(&pets).expect(Expectation::Absent(key))).await;
    assert!(matches!(exists[..], [Conflict::Exists { .. }]));
    commit(store, put(&pets).expect(Expectation::Revision(key, 1))).await;
    assert_eq!(
        sentences(store, put(&pets).expect(Expectation::Revision(key, 1))).await,
        "group/00000000000000000000000000000001 is not at revision 1 but at 2"
    );
}

pub(crate) async fn a_unique_value_has_one_holder(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "pets"))).await;
    assert_eq!(
        sentences(store, put(&Group::new(2, "pets"))).await,
        "name `pets` of group/00000000000000000000000000000002 is taken by group/00000000000000000000000000000001"
    );
    commit(store, put(&Group::new(1, "dogs"))).await;
    commit(store, put(&Group::new(2, "pets"))).await;
}

pub(crate) async fn a_value_may_be_unique_in_its_scope_only(home: impl Home) {
    let store = home.store();
    let groups = put(&Group::new(1, "a")).write(Write::put(&Group::new(2, "b")));
    commit(store, groups).await;
    commit(store, put(&Api::new(10, 1, "get"))).await;
    commit(store, put(&Api::new(11, 2, "get"))).await;
    let taken = refused(store, put(&Api::new(12, 1, "get"))).await;
    let [Conflict::Taken { holder, .. }] = taken[..] else { panic!("{taken:?}") };
    assert_eq!(holder, Key::of::<Api>(id(10)));
}

pub(crate) async fn two_documents_may_swap_a_unique_value(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "a")).write(Write::put(&Group::new(2, "b")))).await;
    commit(store, put(&Group::new(1, "b")).write(Write::put(&Group::new(2, "a")))).await;
    assert_eq!(store.get_as::<Group>(id(1)).await.unwrap().unwrap().value.name, "b");
}

pub(crate) async fn a_link_needs_its_target(home: impl Home) {
    let store = home.store();
    assert_eq!(
        sentences(store, put(&Api::new(10, 1, "get"))).await,
        "api/0000000000000000000000000000000a needs group/00000000000000000000000000000001 as its group, which does not exist"
    );
}

pub(crate) async fn a_target_may_come_with_its_link(home: impl Home) {
    let batch = put(&Api::new(10, 1, "get")).write(Write::put(&Group::new(1, "pets")));
    commit(home.store(), batch).await;
}

pub(crate) async fn a_quota_counts_after_the_writes(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "a")).write(Write::put(&Group::new(2, "b")))).await;
    let two = |group| Expectation::AtMost { kind: Kind::Api, scope: Some(id(group)), n: 2 };
    for (number, name) in [(10, "x"), (11, "y")] {
        commit(store, put(&Api::new(number, 1, name)).expect(two(1))).await;
    }
    assert_eq!(
        sentences(store, put(&Api::new(12, 1, "z")).expect(two(1))).await,
        "more than 2 of kind api in scope 00000000000000000000000000000001"
    );
    commit(store, put(&Api::new(12, 2, "z")).expect(two(2))).await;
    let replaced = put(&Api::new(13, 1, "z")).write(Write::delete(Key::of::<Api>(id(10))));
    commit(store, replaced.expect(two(1))).await;
}

pub(crate) async fn a_quota_may_count_all_scopes(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "a")).write(Write::put(&Group::new(2, "b")))).await;
    let one = Expectation::AtMost { kind: Kind::Api, scope: None, n: 1 };
    commit(store, put(&Api::new(10, 1, "x")).expect(one)).await;
    assert_eq!(refused(store, put(&Api::new(11, 2, "x")).expect(one)).await.len(), 1);
}

pub(crate) async fn all_conflicts_are_told_at_once(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "pets"))).await;
    let batch = put(&Group::new(2, "pets"))
        .write(Write::put(&Grant::new(8, 9)))
        .expect(Expectation::Present(Key::of::<Api>(id(8))))
        .expect(Expectation::AtMost { kind: Kind::Group, scope: None, n: 1 });
    let conflicts = refused(store, batch).await;
    let [
        Conflict::Missing { .. },
        Conflict::MissingTarget { edge: "api", .. },
        Conflict::MissingTarget { edge: "app", .. },
        Conflict::Taken { .. },
        Conflict::TooMany { .. },
    ] = conflicts[..]
    else {
        panic!("{conflicts:?}")
    };
}

pub(crate) async fn a_refused_batch_changes_nothing(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "pets"))).await;
    let batch = put(&Group::new(1, "dogs")).write(Write::put(&Api::new(10, 99, "x")));
    refused(store, batch).await;
    assert_eq!(store.get_as::<Group>(id(1)).await.unwrap().unwrap().value.name, "pets");
    assert_eq!(store.head().await.unwrap(), 1);
    assert_eq!(store.changes(0, 100).await.unwrap().changes.len(), 1);
    commit(store, put(&Group::new(2, "dogs"))).await;
}

pub(crate) async fn a_document_is_written_once_in_a_batch(home: impl Home) {
    let batch = put(&Group::new(1, "a")).write(Write::delete(Key::of::<Group>(id(1))));
    let conflicts = refused(home.store(), batch).await;
    assert!(matches!(conflicts[..], [Conflict::WrittenTwice { .. }]), "{conflicts:?}");
}

pub(crate) async fn odd_fields_and_large_documents_are_refused(home: impl Home) {
    let store = home.store();
    assert_eq!(
        sentences(store, put(&Group::new(1, &"x".repeat(1025)))).await,
        "name of group/00000000000000000000000000000001 is longer than 1024 bytes"
    );
    assert_eq!(
        sentences(store, put(&Group::new(1, "a\0b"))).await,
        "name of group/00000000000000000000000000000001 holds a NUL"
    );
    let odd = Batch::at(NOW).write(Write::put(&Odd { text: String::new() }));
    assert_eq!(
        sentences(store, odd).await,
        "@created of account/00000000000000000000000000000000 has a name that the store keeps for itself"
    );
    let large = Batch::at(NOW).write(Write::put(&Odd { text: "x".repeat(5 << 20) }));
    assert!(matches!(refused(store, large).await[..], [Conflict::TooLarge { limit: 4_194_304, .. }]));
}

/// A noun that takes liberties.
#[derive(Serialize, Deserialize)]
struct Odd {
    text: String,
}

impl Record for Odd {
    const KIND: Kind = Kind::Account;

    fn id(&self) -> Id {
        Id::ROOT
    }

    fn fields(&self, fields: &mut Fields) {
        fields.lookup("@created", "now");
    }
}
