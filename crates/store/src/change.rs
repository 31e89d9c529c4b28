//! The change feed: what each revision did.

use paifang_model::record::Key;

use crate::document::{Document, Unreadable};

/// What changed after a revision.
#[derive(Debug)]
pub struct Changes {
    /// The changes in the order of their revisions. An unreadable one is to be set aside, not retried.
    pub changes: Vec<Result<Change, Unreadable>>,
    /// The last revision that these changes cover: ask for what comes after it next.
    pub through: u64,
    /// The newest revision there is; equal to `through` when the reader has caught up.
    pub head: u64,
}

/// What one revision did to one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The revision.
    pub revision: u64,
    /// The document.
    pub key: Key,
    /// What was done.
    pub op: Op,
}

/// What was done to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// It was made or replaced, and this is how it was then.
    Put(Document),
    /// It was deleted.
    Delete,
}
