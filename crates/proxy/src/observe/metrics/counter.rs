//! A number that one thread raises and any thread reads.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only its worker raises: a load and a store, which cost what plain memory costs.
#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn add(&self, more: u64) {
        self.0.store(self.value().wrapping_add(more), Ordering::Relaxed);
    }

    pub(super) fn value(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
