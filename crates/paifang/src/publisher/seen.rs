//! What the publisher has passed on: which documents, as of which revision. It is how drift is found, and how what is
//! gone is taken back after everything was read again.

use std::collections::HashMap;

use paifang_model::Key;
use paifang_store::{Bucket, Digest};

use super::item::Item;

/// The documents that are there, with the revision that last wrote each.
#[derive(Debug, Default)]
pub(super) struct Seen(HashMap<Key, u64>);

impl Seen {
    /// Takes note of what happened. Of what cannot be read at all nothing is known, so it is as if it were not there.
    pub(super) fn note(&mut self, item: &Item) {
        match item {
            Item::There(found) => drop(self.0.insert(found.document.key, found.document.revision)),
            Item::Gone(key) => drop(self.0.remove(key)),
            Item::Unreadable(unreadable) => drop(unreadable.key.map(|key| self.0.remove(&key))),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Those that are not in the other.
    pub(super) fn without<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = Key> + 's {
        self.0.keys().filter(|key| !other.0.contains_key(key)).copied()
    }

    /// In brief, to compare with the store's.
    pub(super) fn digest(&self) -> Digest {
        self.0.iter().map(|(key, revision)| (*key, *revision)).collect()
    }

    /// Which of a bucket's documents, as they were at a revision not after the last one noted, were missed; and what
    /// was held on to that is not among them.
    pub(super) fn missed(&self, bucket: Bucket, content: Vec<Item>, at: u64) -> Vec<Item> {
        let there: Vec<Key> = content.iter().filter_map(Item::key).collect();
        let held = self.0.iter().filter(|(key, revision)| Bucket::of(**key) == bucket && **revision <= at);
        let gone = held.map(|(key, _)| *key).filter(|key| !there.contains(key)).map(Item::Gone);
        let gone: Vec<Item> = gone.collect();
        content.into_iter().filter(|item| self.is_news(item)).chain(gone).collect()
    }

    fn is_news(&self, item: &Item) -> bool {
        match item {
            Item::There(found) => {
                self.0.get(&found.document.key).is_none_or(|seen| *seen < found.document.revision)
            }
            Item::Gone(_) => true,
            // What is known of it already is that it cannot be read.
            Item::Unreadable(unreadable) => unreadable.key.is_some_and(|key| self.0.contains_key(&key)),
        }
    }

    #[cfg(test)]
    pub(super) fn keys(&self) -> Vec<Key> {
        self.0.keys().copied().collect()
    }

    #[cfg(test)]
    pub(super) fn forget(&mut self, key: Key) {
        self.0.remove(&key);
    }

    #[cfg(test)]
    pub(super) fn pretend(&mut self, key: Key, revision: u64) {
        self.0.insert(key, revision);
    }
}
