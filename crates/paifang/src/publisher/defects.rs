//! Documents that cannot be read: set aside and visible, while all others are served.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use paifang_model::Key;
use paifang_store::Unreadable;

/// What cannot be read now, with the reasons. Clones are the same list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Defects(Arc<Mutex<BTreeMap<Key, String>>>);

impl Defects {
    /// All of them, by key.
    pub(crate) fn list(&self) -> Vec<(Key, String)> {
        let list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        list.iter().map(|(key, reason)| (*key, reason.clone())).collect()
    }

    /// Notes one that has no readable body; its key, when that at least can be read.
    pub(super) fn note_unreadable(&self, unreadable: &Unreadable) -> Option<Key> {
        let reason = unreadable.defect.to_string();
        match unreadable.key {
            Some(key) => self.note(key, reason),
            None => tracing::warn!(reason, "Set aside a document of unknown address: {reason}"),
        }
        unreadable.key
    }

    /// Notes one.
    pub(super) fn note(&self, key: Key, reason: String) {
        tracing::warn!(%key, reason, "Set aside {key}: {reason}");
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, reason);
    }

    /// It can be read, or is gone.
    pub(super) fn clear(&self, key: Key) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }
}
