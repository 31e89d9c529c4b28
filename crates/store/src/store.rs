//! The interface to a store; the crate's own words are in [`crate`].

use async_trait::async_trait;
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use tokio::sync::watch;

use crate::audit::{AuditPage, AuditQuery};
use crate::batch::Batch;
use crate::change::Changes;
use crate::digest::{Bucket, BucketContent, Digested};
use crate::document::Document;
use crate::error::{ChangesError, CommitError, ListError, ReadError, StoreError};
use crate::keys::{Keys, ResealPlace, Resealed};
use crate::query::{Page, Query};
use crate::task::Tasks;

/// Versioned documents, wherever they are kept, and [`Tasks`] beside them. [`StoreExt`](crate::StoreExt) reads documents
/// as nouns.
#[async_trait]
pub trait Store: Tasks {
    /// One document as it is now.
    ///
    /// # Errors
    /// When its row is damaged, or the database fails.
    async fn get(&self, key: Key) -> Result<Option<Document>, ReadError>;

    /// One page of the documents of a kind.
    ///
    /// # Errors
    /// When the query breaks a limit or its cursor is foreign, or the database fails.
    async fn list(&self, query: &Query) -> Result<Page<Document>, ListError>;

    /// Makes a change, all of it or nothing; it is on disk when this returns.
    ///
    /// # Errors
    /// [`CommitError::Refused`] with every reason; [`CommitError::Store`] when the database failed and the change was
    /// not made; [`CommitError::Unknown`] when it went away in the moment that decides.
    async fn commit(&self, batch: Batch) -> Result<Commit, CommitError>;

    /// What changed after a revision: whole revisions, oldest first, stopping with the one in which `limit`
    /// changes (at least 1, at most 10,000) are reached.
    ///
    /// # Errors
    /// [`ChangesError::TooOld`] after compaction, [`ChangesError::Ahead`] when the revision is not there yet, or the
    /// database failed.
    async fn changes(&self, after: u64, limit: u32) -> Result<Changes, ChangesError>;

    /// The newest revision, as it moves.
    fn watch(&self) -> watch::Receiver<u64>;

    /// The newest revision; 0 when nothing was ever written.
    ///
    /// # Errors
    /// When the database fails.
    async fn head(&self) -> Result<u64, StoreError>;

    /// Forgets what changed before the newest `keep_revisions` revisions; documents stay. Returns the revision from
    /// which [`Store::changes`] can still start. What was deleted or replaced is gone from the database only now.
    ///
    /// # Errors
    /// When the database fails.
    async fn compact(&self, keep_revisions: u64) -> Result<u64, StoreError>;

    /// What may be told about the keys.
    ///
    /// # Errors
    /// When the database fails.
    async fn keys(&self) -> Result<Keys, StoreError>;

    /// One step of sealing anew what older data keys sealed: goes through at most `at_most` values (at least 1) from a
    /// place on, or from the beginning. The step that reaches the end removes the keys that nothing uses. Neither
    /// revisions nor readers notice; a process that ends in between loses nothing but its place.
    ///
    /// # Errors
    /// When the database fails.
    async fn reseal(&self, after: Option<ResealPlace>, at_most: u32) -> Result<Resealed, StoreError>;

    /// What documents of these kinds there are, in brief: a reader that follows the feed compares it with what it
    /// has. It reads every row of them.
    ///
    /// # Errors
    /// When the database fails.
    async fn digest(&self, kinds: &[Kind]) -> Result<Digested, StoreError>;

    /// The documents of one bucket of a digest.
    ///
    /// # Errors
    /// When the database fails.
    async fn bucket(&self, bucket: Bucket) -> Result<BucketContent, StoreError>;

    /// One page of audit lines, newest first.
    ///
    /// # Errors
    /// When the limit or the cursor is wrong, or the database fails.
    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError>;
}

/// A change that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commit {
    /// The revision that it made; for a batch without writes, the newest one.
    pub revision: u64,
}
