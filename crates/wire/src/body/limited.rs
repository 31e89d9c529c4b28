//! Holds a streaming body to a limit that its length did not announce, and counts it.

use std::cell::Cell;
use std::rc::Rc;

/// How much may still come, and how much came.
pub(super) struct Limit {
    most: u64,
    seen: Rc<Cell<u64>>,
}

impl Limit {
    pub(super) fn new(most: u64, seen: Rc<Cell<u64>>) -> Self {
        Self { most, seen }
    }

    /// Counts bytes; false when they are too many.
    pub(super) fn admit(&self, bytes: usize) -> bool {
        self.seen.set(self.seen.get() + bytes as u64);
        self.seen.get() <= self.most
    }

    pub(super) fn most(&self) -> u64 {
        self.most
    }
}
