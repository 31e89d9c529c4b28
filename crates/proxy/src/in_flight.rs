//! How many calls are under way. A call counts until its reply is done; a tunnel does not.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Calls under way.
#[derive(Debug)]
pub(crate) struct InFlight {
    count: AtomicUsize,
    at_most: usize,
}

impl InFlight {
    pub(crate) fn new(at_most: usize) -> Self {
        Self { count: AtomicUsize::new(0), at_most }
    }

    /// A call begins.
    pub(crate) fn enter(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// It is over.
    pub(crate) fn leave(&self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }

    /// Whether there are more than there may be, so that one that has just begun finds no room.
    pub(crate) fn is_crowded(&self) -> bool {
        self.count.load(Ordering::Relaxed) > self.at_most
    }
}
