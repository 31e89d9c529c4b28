//! Versioned JSON documents with fields, links and a change feed.
//!
//! # Life of a change
//!
//! 1. The caller describes the change as a [`Batch`]: what is written ([`Write::put`], [`Write::delete`]), what
//!    must hold for it ([`Expectation`]), which audit lines come with it, and what time it is. A noun tells the
//!    store its fields and links through [`Record`](paifang_model::Record), so nobody spells them twice.
//! 2. [`Store::commit`] hands the batch to the one writer of the process. Batches that wait together share one
//!    transaction, each behind a savepoint, and so one sync of the disk; a refused batch rolls back to its own
//!    savepoint and its neighbours never notice. A caller that goes away does not stop its batch.
//! 3. Within the transaction, in this order:
//!    * the head takes the next **revision**: one per batch, without gaps, in commit order;
//!    * expectations about single documents are looked at ([`Expectation::Revision`], `Absent`, `Present`);
//!    * documents are put, with the rows of their fields and links; then documents are deleted, with
//!      everything that hangs on them by a [`Drop`](paifang_model::record::OnDelete::Drop) link;
//!    * the outcome is judged: unique values, targets of links, links that refuse a deletion,
//!      [`Expectation::AtMost`]. All complaints are collected into one [`CommitError::Refused`];
//!    * what it says about tasks is written ([`TaskWrite`]), an item that is not waiting being a complaint too;
//!    * audit lines are added.
//! 4. The transaction commits and is on disk. Only now the caller hears its revision, and [`Store::watch`] moves.
//! 5. Readers learn of it by [`Store::changes`]: the exact documents of each revision after the one they know, whole
//!    revisions only. A reader that slept through a [`Store::compact`] is told [`ChangesError::TooOld`] and reads
//!    lists again: each [`Page`] says at which revision it was read, and following the feed from there catches up.
//!
//! What cannot be understood, because a row is damaged or a newer binary wrote it, is an [`Unreadable`] in its
//! place in the list or the feed; its neighbours are served. A document with a newer schema number than the
//! binary's is never overwritten ([`Conflict::NewerSchema`]).
//!
//! A store as a whole is backed up and checked through [`Upkeep`], each from one snapshot; a backup is restored before a
//! store is opened, for it brings the keyring ([`SqliteStore::restore`], [`PostgresStore::restore`]).
//!
//! # Where things are
//!
//! The nouns of the interface are one file each at the top. `sql` holds the work, written once over SQL that
//! both SQLite and PostgreSQL read; `sqlite` and `postgres` are the homes: their connections, tables and values. What
//! several processes share one PostgreSQL database for, and how they keep out of each other's way, is in `postgres`.

mod audit;
mod backup;
mod batch;
mod change;
mod cursor;
mod digest;
mod document;
mod error;
mod finding;
mod keyring;
mod keys;
mod node;
mod postgres;
mod query;
mod sql;
mod sqlite;
mod store;
mod task;
mod telemetry;
mod typed;
mod upkeep;

pub use audit::{AuditEntry, AuditLine, AuditPage, AuditQuery};
pub use backup::{BackupError, BackupHeader, BadBackup, RestoreError};
pub use batch::{Batch, Expectation, Put, Write};
pub use change::{Change, Changes, Op};
pub use cursor::Cursor;
pub use digest::{Bucket, BucketContent, Digest, Digested};
pub use document::{Defect, Document, Stored, Unreadable};
pub use error::{BadQuery, ChangesError, CommitError, Conflict, Conflicts, ListError, ReadError, StoreError};
pub use finding::{Finding, Problem};
pub use keyring::{BadMasterKey, Cipher, CipherFailed, MasterKey};
pub use keys::{DataKey, DataKeyState, KeyChange, Keys, ResealPlace, Resealed};
pub use node::{Node, NodeReport, NodeState, NodeTable};
pub use postgres::{BadAddress, PostgresAddress, PostgresStore};
pub use query::{Direction, Filter, MAX_FILTERS, MAX_LIMIT, MAX_VALUES, Order, Page, Query, Start};
pub use sqlite::{SealedOld, SqliteStore};
pub use store::{Commit, Store};
pub use task::{
    ItemState, Lease, NewTask, Settled, Settlement, Task, TaskCounts, TaskItem, TaskItemPage, TaskItemQuery,
    TaskPage, TaskQuery, TaskState, TaskWrite, Tasks,
};
pub use telemetry::{CallsOf, TelemetryNotAdded, TelemetryPoint, TelemetryQuery, TelemetryTable};
pub use typed::StoreExt;
pub use upkeep::{AsNoun, Upkeep};
