//! A map that many read and one changes: copies share all shards but those that changed.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use foldhash::fast::FixedState;

const SHARDS: usize = 4096;

type Shard<K, V> = HashMap<K, V, FixedState>;

/// A copy-on-write map in 4,096 shards. Cloning costs one reference; a change copies one shard and, once
/// per clone, the list of shards.
#[derive(Debug)]
pub(crate) struct Shards<K, V> {
    shards: Arc<[Arc<Shard<K, V>>]>,
}

impl<K, V> Clone for Shards<K, V> {
    fn clone(&self) -> Self {
        Self { shards: Arc::clone(&self.shards) }
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Shards<K, V> {
    /// An empty map; its shards are one and the same until something is in them.
    pub(crate) fn new() -> Self {
        let empty = Arc::new(Shard::default());
        Self { shards: std::iter::repeat_n(empty, SHARDS).collect() }
    }

    /// The value of a key.
    pub(crate) fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.shards[Self::index(key)].get(key)
    }

    /// Sets the value of a key; returns the one before.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.shard_mut(&key).insert(key, value)
    }

    /// Takes a key out; returns its value.
    pub(crate) fn remove<Q>(&mut self, key: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        // A key that is not there must not cost a copy.
        self.get(key)?;
        self.shard_mut(key).remove(key)
    }

    /// All values, in no order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.shards.iter().flat_map(|shard| shard.values())
    }

    /// Whether another map is a copy with which nothing happened since.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shards, &other.shards)
    }

    fn shard_mut<Q: Hash + ?Sized>(&mut self, key: &Q) -> &mut Shard<K, V> {
        let index = Self::index(key);
        Arc::make_mut(&mut Arc::make_mut(&mut self.shards)[index])
    }

    /// A seed of its own: the shard says nothing about the place within it.
    fn index<Q: Hash + ?Sized>(key: &Q) -> usize {
        FixedState::with_seed(0x9e37_79b9).hash_one(key) as usize % SHARDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_does_not_see_later_changes() {
        let mut map = Shards::new();
        map.insert(1, "one");
        let before = map.clone();
        map.insert(1, "uno");
        map.insert(2, "dos");
        map.remove(&3);
        assert_eq!((before.get(&1), before.get(&2)), (Some(&"one"), None));
        assert_eq!((map.get(&1), map.get(&2)), (Some(&"uno"), Some(&"dos")));
    }

    #[test]
    fn a_change_copies_one_shard() {
        let mut map = Shards::new();
        for key in 0..10_000 {
            map.insert(key, key);
        }
        let before = map.clone();
        map.insert(0, 1);
        let copied =
            map.shards.iter().zip(before.shards.iter()).filter(|(new, old)| !Arc::ptr_eq(new, old)).count();
        assert_eq!(copied, 1);
    }
}
