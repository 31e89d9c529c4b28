//! A backup: one file with everything that a store holds at one revision, of whichever home, for whichever home.
//!
//! It is a plain sequence of frames, each with a tag, a length and its bytes ([`frame`]): what the backup is
//! ([`BackupHeader`]), then for each table its name and columns and then its rows ([`row`]), then a SHA-256 of all before,
//! and nothing after that. Sealed values are in it as they lie in the store, and so are the data keys, wrapped; the
//! master key is not. The checksum finds accidents. It is no signature: keep backups where nobody else writes.

mod frame;
mod header;
mod row;

use std::io;

use crate::error::StoreError;

pub(crate) use frame::{Frame, FrameReader, FrameWriter};
pub use header::BackupHeader;
pub(crate) use header::TableHead;
pub(crate) use row::{decode, encode};

/// The number of the file's format.
pub(crate) const FORMAT: u32 = 1;

/// A file that is not restored.
#[derive(Debug, thiserror::Error)]
pub enum BadBackup {
    /// It is something else.
    #[error("it is not a backup")]
    Foreign,
    /// A newer binary wrote it.
    #[error("it has format {found}, and this binary knows up to {known}; use a newer binary")]
    NewerFormat {
        /// Its format.
        found: u32,
        /// The newest format that this binary knows.
        known: u32,
    },
    /// A newer binary laid out the store that it is of.
    #[error("it is of a store with layout {found}, and this binary knows up to {known}; use a newer binary")]
    NewerLayout {
        /// The layout.
        found: u64,
        /// The newest layout that this binary knows.
        known: u64,
    },
    /// Its end is missing.
    #[error("it is cut off")]
    Cut,
    /// Some of it is not as it was written.
    #[error("it is damaged: {0}")]
    Damaged(&'static str),
    /// It cannot be read.
    #[error("it cannot be read")]
    Io(#[from] io::Error),
}

/// A backup was not made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// An older version kept secrets as they are, and they would be so in the backup.
    #[error("an older version wrote this store, and its secrets are not sealed yet: start the gateway once")]
    Unsealed,
    /// The file cannot be written.
    #[error("writing the backup failed")]
    Io(#[from] io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A backup was not restored; the store is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The file is not one to restore.
    #[error(transparent)]
    Bad(#[from] BadBackup),
    /// The store has something in it.
    #[error("the store is not empty (it has rows in `{table}`); a backup is restored into an empty one only")]
    NotEmpty {
        /// Where something is.
        table: &'static str,
    },
    /// The database failed, or the master key is not the one that the backup was sealed with.
    #[error(transparent)]
    Store(#[from] StoreError),
}
