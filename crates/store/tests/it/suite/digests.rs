//! Digests: what a reader should have, in brief.

use paifang_model::id::Id;
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use paifang_store::{Batch, Bucket, Digest, Op, Query, Store, Write};

use crate::nouns::{Api, Group, id};
use crate::suite::{Home, NOW, commit, put};

/// What the lists say, in brief.
async fn listed(store: &dyn Store, kinds: &[Kind]) -> Digest {
    let mut digest = Digest::default();
    for kind in kinds {
        for document in store.list(&Query::of_kind(*kind)).await.unwrap().items {
            let document = document.unwrap();
            digest.add(document.key, document.revision);
        }
    }
    digest
}

/// With an id that may be in any bucket.
fn group(number: u8, name: &str) -> Group {
    Group { id: Id::derived("group", &[&[number]]), name: name.to_owned() }
}

pub(crate) async fn tell_what_a_reader_has_not(home: impl Home) {
    let store = home.store();
    for n in 1..=20 {
        commit(store, put(&group(n, &n.to_string()))).await;
    }
    let before = store.digest(&[Kind::Group]).await.unwrap();
    assert_eq!((before.revision, &before.digest), (20, &listed(store, &[Kind::Group]).await));

    commit(store, put(&group(7, "another"))).await;
    let after = store.digest(&[Kind::Group]).await.unwrap();
    let bucket = Bucket::of(Key::of::<Group>(group(7, "").id));
    assert_eq!(before.digest.differing(&after.digest), [bucket]);
    assert_eq!(after.digest.differing(&before.digest), [bucket]);

    let content = store.bucket(bucket).await.unwrap();
    let keys = content.documents.into_iter().map(|document| document.unwrap().key);
    assert!(keys.eq(groups_in(bucket)), "exactly those of the bucket");
    assert_eq!(content.revision, 21);
}

fn groups_in(bucket: Bucket) -> impl Iterator<Item = Key> {
    let mut keys: Vec<_> = (1..=20).map(|n| Key::of::<Group>(group(n, "").id)).collect();
    keys.retain(|key| Bucket::of(*key) == bucket);
    keys.sort();
    keys.into_iter()
}

pub(crate) async fn follow_every_change(home: impl Home) {
    let store = home.store();
    let kinds = [Kind::Group, Kind::Api];
    commit(store, put(&Group::new(1, "a")).write(Write::put(&Group::new(2, "b")))).await;
    commit(store, put(&Api::new(3, 1, "x"))).await;
    commit(store, put(&Group::new(1, "c"))).await;
    commit(store, Batch::at(NOW).write(Write::delete(Key::of::<Group>(id(2))))).await;

    let mut known = std::collections::BTreeMap::<Key, u64>::new();
    for change in store.changes(0, 100).await.unwrap().changes {
        let change = change.unwrap();
        match change.op {
            Op::Put(_) => known.insert(change.key, change.revision),
            Op::Delete => known.remove(&change.key),
        };
    }
    let digest = store.digest(&kinds).await.unwrap().digest;
    assert_eq!(digest, known.into_iter().collect());
    assert_eq!(digest, listed(store, &kinds).await);
    assert!(store.digest(&[Kind::Domain]).await.unwrap().digest.differing(&Digest::default()).is_empty());
    assert_eq!(Bucket::of(Key { kind: Kind::Group, id: Id::ROOT }).byte, 0);
}
