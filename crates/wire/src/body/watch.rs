//! Tells somebody how a body ended and how many bytes went by, once.

/// How a watched body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyOutcome {
    /// All of it was read.
    Complete,
    /// Its source failed.
    Failed,
    /// Its reader gave it up.
    Dropped,
}

/// What is told about a watched body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyEnd {
    /// Data bytes that were read.
    pub bytes: u64,
    /// How it ended.
    pub outcome: BodyOutcome,
}

/// Whoever wants to know how a body ended.
pub trait BodyWatcher {
    /// The body has ended; nothing of it will be read any more.
    fn ended(self: Box<Self>, end: BodyEnd);
}

/// Counts, and tells at the end.
pub(super) struct Watch {
    watcher: Option<Box<dyn BodyWatcher>>,
    expected: Option<u64>,
    bytes: u64,
}

impl Watch {
    pub(super) fn new(watcher: Box<dyn BodyWatcher>, expected: Option<u64>) -> Self {
        Self { watcher: Some(watcher), expected, bytes: 0 }
    }

    pub(super) fn count(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
    }

    pub(super) fn tell(&mut self, outcome: BodyOutcome) {
        if let Some(watcher) = self.watcher.take() {
            watcher.ended(BodyEnd { bytes: self.bytes, outcome });
        }
    }
}

/// A reader that knows the length stops after the last byte and never asks for the end; one that leaves early
/// says nothing either. Both show only here.
impl Drop for Watch {
    fn drop(&mut self) {
        let complete = self.expected == Some(self.bytes);
        self.tell(if complete { BodyOutcome::Complete } else { BodyOutcome::Dropped });
    }
}
