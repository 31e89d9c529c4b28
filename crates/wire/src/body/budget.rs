//! How many bytes of collected bodies the process may hold at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A process-wide allowance; clones draw on the same one.
#[derive(Clone, Debug)]
pub struct ByteBudget(Arc<State>);

#[derive(Debug)]
struct State {
    left: AtomicUsize,
    total: usize,
}

impl ByteBudget {
    /// An allowance of `bytes`.
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(State { left: AtomicUsize::new(bytes), total: bytes }))
    }

    /// The bytes that nobody holds right now.
    pub fn left(&self) -> usize {
        self.0.left.load(Ordering::Relaxed)
    }

    /// The bytes of the whole allowance.
    pub fn total(&self) -> usize {
        self.0.total
    }

    /// A permit for nothing yet.
    pub(super) fn permit(&self) -> Permit {
        Permit { budget: self.clone(), bytes: 0 }
    }

    fn take(&self, bytes: usize) -> Option<()> {
        let less = |left: usize| left.checked_sub(bytes);
        self.0.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).ok().map(drop)
    }
}

impl Default for ByteBudget {
    /// 256 MB.
    fn default() -> Self {
        Self::new(256 << 20)
    }
}

/// Bytes taken from a budget; they go back when it is dropped.
#[derive(Debug)]
pub struct Permit {
    budget: ByteBudget,
    bytes: usize,
}

impl Permit {
    /// How many bytes it stands for.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn grow(&mut self, bytes: usize) -> Option<()> {
        self.budget.take(bytes)?;
        self.bytes += bytes;
        Some(())
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.budget.0.left.fetch_add(self.bytes, Ordering::Relaxed);
    }
}
