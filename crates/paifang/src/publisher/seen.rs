//! What the publisher has passed on: which documents, as of which revision. It is how drift is found, and how what is
//! gone is taken back after everything was read again.
//!
//! There are millions of them where there are a million apps, so they lie sorted in many short lists, with hardly any
//! room to spare; and the digest is kept up to date, so that nobody waits while all of them are gone through.

use std::collections::{BTreeMap, HashSet};

use paifang_model::{Id, Key, Kind};
use paifang_store::{Bucket, Digest};

use super::item::Item;

/// Lists per kind: a list is the documents whose ids start with the same 12 bits.
const LISTS: usize = 1 << 12;

/// Lists in a bucket, which is the documents whose ids start with the same 8 bits.
const LISTS_PER_BUCKET: usize = LISTS >> 8;

/// Documents by id, with the revision that last wrote each.
type List = Vec<(Id, u64)>;

/// The documents that are there, with the revision that last wrote each.
#[derive(Debug, Default)]
pub(super) struct Seen {
    kinds: BTreeMap<Kind, Box<[List]>>,
    digest: Digest,
    len: usize,
}

impl Seen {
    /// Takes note of what happened. Of what cannot be read at all nothing is known, so it is as if it were not there.
    pub(super) fn note(&mut self, item: &Item) {
        match item {
            Item::There(found) => self.insert(found.document.key, found.document.revision),
            Item::Gone(key) => self.remove(*key),
            Item::Unreadable(unreadable) => unreadable.key.into_iter().for_each(|key| self.remove(key)),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Takes note of what only the other has.
    pub(super) fn absorb(&mut self, other: &Self) {
        for (key, revision) in other.all() {
            if self.revision(key).is_none() {
                self.insert(key, revision);
            }
        }
    }

    /// Those that are not in the other.
    pub(super) fn without<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = Key> + 's {
        self.all().map(|(key, _)| key).filter(|key| other.revision(*key).is_none())
    }

    /// Those of a kind in brief, to compare with the store's.
    pub(super) fn digest(&self, kind: Kind) -> Digest {
        self.digest.of_kind(kind)
    }

    /// Which of a bucket's documents, as they were at a revision not after the last one noted, were missed; and what
    /// was held on to that is not among them.
    pub(super) fn missed(&self, bucket: Bucket, content: Vec<Item>, at: u64) -> Vec<Item> {
        let there: HashSet<Key> = content.iter().filter_map(Item::key).collect();
        let held = self.of_bucket(bucket).filter(|(_, revision)| *revision <= at);
        let gone: Vec<Item> =
            held.map(|(key, _)| key).filter(|key| !there.contains(key)).map(Item::Gone).collect();
        content.into_iter().filter(|item| self.is_news(item)).chain(gone).collect()
    }

    fn is_news(&self, item: &Item) -> bool {
        match item {
            Item::There(found) => {
                let document = &found.document;
                self.revision(document.key).is_none_or(|seen| seen < document.revision)
            }
            Item::Gone(_) => true,
            // What is known of it already is that it cannot be read.
            Item::Unreadable(unreadable) => unreadable.key.is_some_and(|key| self.revision(key).is_some()),
        }
    }

    fn insert(&mut self, key: Key, revision: u64) {
        let lists = self.kinds.entry(key.kind).or_insert_with(|| vec![List::new(); LISTS].into());
        let list = &mut lists[list_of(key.id)];
        match find(list, key.id) {
            Ok(at) => self.digest.remove(key, std::mem::replace(&mut list[at].1, revision)),
            Err(at) => {
                if list.len() == list.capacity() {
                    list.reserve_exact(1 + list.len() / 8);
                }
                list.insert(at, (key.id, revision));
                self.len += 1;
            }
        }
        self.digest.add(key, revision);
    }

    fn remove(&mut self, key: Key) {
        let Some(lists) = self.kinds.get_mut(&key.kind) else { return };
        let list = &mut lists[list_of(key.id)];
        if let Ok(at) = find(list, key.id) {
            self.digest.remove(key, list.remove(at).1);
            self.len -= 1;
        }
    }

    fn revision(&self, key: Key) -> Option<u64> {
        let list = &self.kinds.get(&key.kind)?[list_of(key.id)];
        find(list, key.id).ok().map(|at| list[at].1)
    }

    fn of_bucket(&self, bucket: Bucket) -> impl Iterator<Item = (Key, u64)> {
        let first = usize::from(bucket.byte) * LISTS_PER_BUCKET;
        let lists = self.kinds.get(&bucket.kind).map(|lists| &lists[first..first + LISTS_PER_BUCKET]);
        keys(bucket.kind, lists.unwrap_or_default())
    }

    fn all(&self) -> impl Iterator<Item = (Key, u64)> {
        self.kinds.iter().flat_map(|(kind, lists)| keys(*kind, lists))
    }

    #[cfg(test)]
    pub(super) fn keys(&self) -> Vec<Key> {
        self.all().map(|(key, _)| key).collect()
    }

    #[cfg(test)]
    pub(super) fn forget(&mut self, key: Key) {
        self.remove(key);
    }

    #[cfg(test)]
    pub(super) fn pretend(&mut self, key: Key, revision: u64) {
        self.insert(key, revision);
    }
}

fn keys(kind: Kind, lists: &[List]) -> impl Iterator<Item = (Key, u64)> {
    lists.iter().flatten().map(move |(id, revision)| (Key { kind, id: *id }, *revision))
}

/// The first 12 bits.
fn list_of(id: Id) -> usize {
    let [first, second, ..] = *id.as_bytes();
    usize::from(first) * LISTS_PER_BUCKET + usize::from(second) * LISTS_PER_BUCKET / 256
}

fn find(list: &List, id: Id) -> Result<usize, usize> {
    list.binary_search_by_key(&id, |(id, _)| *id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_what_is_there() {
        let mut seen = Seen::default();
        let key = |number: u16| {
            let [first, second] = number.to_be_bytes();
            let mut id = [7; 16];
            (id[0], id[1]) = (first, second);
            Key { kind: Kind::App, id: Id::from_bytes(id) }
        };
        for number in (0..60_000).step_by(7).rev() {
            seen.insert(key(number), u64::from(number));
        }
        for number in (0..60_000).step_by(21) {
            seen.remove(key(number));
            seen.insert(key(number + 7), 3);
        }
        let there: Digest = seen.all().collect();
        assert_eq!(seen.digest(Kind::App), there);
        assert_eq!(seen.digest(Kind::Grant), Digest::default());
        assert_eq!(seen.all().count(), seen.len());
        let bucket = Bucket::of(key(7));
        assert!(seen.of_bucket(bucket).all(|(key, _)| Bucket::of(key) == bucket));
        let by_bucket =
            (0..=255).map(|byte| seen.of_bucket(Bucket { byte, ..bucket }).count()).sum::<usize>();
        assert_eq!(by_bucket, seen.len());
    }
}
