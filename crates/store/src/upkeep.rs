//! What a store is asked for as a whole, by commands beside a gateway.

use std::io;

use async_trait::async_trait;

use crate::backup::{BackupError, BackupHeader};
use crate::batch::Write;
use crate::document::{Document, Unreadable};
use crate::error::StoreError;
use crate::finding::Finding;
use crate::store::Store;

/// Reads a document as its noun, and says how today's binary would write it.
pub type AsNoun = dyn Fn(&Document) -> Result<Write, Unreadable> + Send + Sync;

/// A store that can be backed up and checked. Both read one snapshot, and nobody who writes waits for them.
#[async_trait]
pub trait Upkeep: Store {
    /// Writes a backup of everything at one revision; `now` is the time of making, in Unix milliseconds. Blocks while
    /// `into` does; a backup that was not made is not one.
    ///
    /// # Errors
    /// When `into` or the database fails, or the store holds what was never sealed.
    async fn back_up(&self, into: &mut (dyn io::Write + Send), now: i64)
    -> Result<BackupHeader, BackupError>;

    /// Whether everything in the store fits together: the database itself, every document with the rows it is found by,
    /// every link with its target, the feed with the documents. Returns what does not.
    ///
    /// # Errors
    /// When the database fails.
    async fn check(&self, as_noun: &AsNoun) -> Result<Vec<Finding>, StoreError>;
}
