//! Writing and reading single documents.

use std::time::Duration;

use paifang_model::record::Key;
use paifang_store::{Batch, Defect, Expectation, ReadError, StoreExt as _, Stored, Write};

use crate::nouns::{App, Group, LaterGroup, id};
use crate::suite::{Home, NOW, commit, put, refused, sentences};

pub(crate) async fn a_document_keeps_its_times_and_revision(home: impl Home) {
    let store = home.store();
    assert_eq!(store.head().await.unwrap(), 0);
    assert_eq!(commit(store, put(&Group::new(1, "pets"))).await, 1);
    let renamed = Group::new(1, "animals");
    assert_eq!(commit(store, Batch::at(NOW + 5).write(Write::put(&renamed))).await, 2);
    let stored = store.get_as::<Group>(id(1)).await.unwrap().unwrap();
    assert_eq!(stored, Stored { value: renamed, revision: 2, created_at: NOW, updated_at: NOW + 5 });
    let raw = store.get(Key::of::<Group>(id(1))).await.unwrap().unwrap();
    assert_eq!((raw.schema, raw.scope), (1, paifang_model::Id::ROOT));
    assert_eq!(raw.body, serde_json::to_vec(&stored.value).unwrap());
}

pub(crate) async fn an_absent_document_is_none(home: impl Home) {
    assert!(home.store().get_as::<Group>(id(1)).await.unwrap().is_none());
}

pub(crate) async fn an_old_document_is_upgraded_when_read(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "pets"))).await;
    let stored = store.get_as::<LaterGroup>(id(1)).await.unwrap().unwrap();
    assert_eq!(stored.value, LaterGroup { id: id(1), title: "pets".to_owned() });
    let raw = store.get(Key::of::<Group>(id(1))).await.unwrap().unwrap();
    assert_eq!(raw.schema, 1, "reading does not write");
    commit(store, put(&stored.value)).await;
    assert_eq!(store.get(raw.key).await.unwrap().unwrap().schema, 2);
}

pub(crate) async fn a_newer_document_is_raw_and_never_overwritten(home: impl Home) {
    let store = home.store();
    let later = LaterGroup { id: id(1), title: "pets".to_owned() };
    commit(store, put(&later)).await;
    let error = store.get_as::<Group>(id(1)).await.unwrap_err();
    let ReadError::Unreadable(unreadable) = error else { panic!("{error}") };
    assert!(matches!(unreadable.defect, Defect::NewerSchema { stored: 2, known: 1 }));
    assert!(store.get(Key::of::<Group>(id(1))).await.unwrap().is_some());
    assert_eq!(
        sentences(store, put(&Group::new(1, "dogs"))).await,
        "group/00000000000000000000000000000001 has schema 2, and this binary writes 1"
    );
    assert_eq!(store.get_as::<LaterGroup>(id(1)).await.unwrap().unwrap().value, later);
}

pub(crate) async fn a_document_is_read_as_its_own_noun_only(home: impl Home) {
    let store = home.store();
    commit(store, put(&Group::new(1, "pets"))).await;
    let raw = store.get(Key::of::<Group>(id(1))).await.unwrap().unwrap();
    assert!(matches!(raw.read::<App>().unwrap_err().defect, Defect::Kind { wanted: "app" }));
}

pub(crate) async fn concurrent_changes_get_gapless_revisions(home: impl Home) {
    let store = home.store();
    let groups: Vec<Group> = (0..100).map(|n| Group::new(n, &format!("group {n}"))).collect();
    // All are handed in before the writer looks, so most of them share a transaction.
    let answers = join_all(groups.iter().map(|group| store.commit(put(group))).collect()).await;
    let mut revisions: Vec<u64> = answers.into_iter().map(|commit| commit.unwrap().revision).collect();
    revisions.sort_unstable();
    assert_eq!(revisions, (1..=100).collect::<Vec<u64>>());
    assert_eq!(store.head().await.unwrap(), 100);
}

pub(crate) async fn a_refused_change_does_not_harm_its_neighbours(home: impl Home) {
    let store = home.store();
    let [first, twin, third] = [Group::new(1, "a"), Group::new(2, "a"), Group::new(3, "b")];
    let commits =
        join_all(vec![store.commit(put(&first)), store.commit(put(&twin)), store.commit(put(&third))]);
    let answers: Vec<_> = commits.await.into_iter().map(|answer| answer.ok().map(|c| c.revision)).collect();
    assert_eq!(answers, [Some(1), None, Some(2)], "the refused one takes no revision");
    assert!(store.get_as::<Group>(id(2)).await.unwrap().is_none());
    assert_eq!(refused(store, put(&twin)).await.len(), 1);
}

pub(crate) async fn a_caller_that_goes_away_does_not_stop_its_change(home: impl Home) {
    let store = home.store();
    let mut head = store.watch();
    let present = Expectation::Absent(Key::of::<Group>(id(1)));
    let batch = put(&Group::new(1, "pets")).expect(present);
    // Polled once, then dropped.
    let answer = tokio::time::timeout(Duration::ZERO, store.commit(batch)).await;
    if answer.is_err() {
        head.wait_for(|revision| *revision == 1).await.unwrap();
    }
    assert!(store.get_as::<Group>(id(1)).await.unwrap().is_some());
}

/// Polls all of them together.
pub(crate) async fn join_all<F: Future + Unpin>(mut futures: Vec<F>) -> Vec<F::Output> {
    let mut outputs: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, output) in futures.iter_mut().zip(&mut outputs) {
            if output.is_none()
                && let std::task::Poll::Ready(ready) = std::pin::Pin::new(future).poll(context)
            {
                *output = Some(ready);
            }
        }
        if outputs.iter().all(Option::is_some) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    outputs.into_iter().flatten().collect()
}
