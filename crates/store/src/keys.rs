//! What may be told about the keys of a store, and how they change.

use crate::keyring::MasterKey;

/// The keys of a store; no material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The fingerprint of the master key that wraps them.
    pub master: String,
    /// The data keys, oldest first.
    pub data: Vec<DataKey>,
}

/// A key that seals what documents keep secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataKey {
    /// Its number; a later one is larger.
    pub number: u32,
    /// What it is for.
    pub state: DataKeyState,
    /// When it was made: Unix milliseconds.
    pub created_at: i64,
    /// How many documents it seals.
    pub documents: u64,
    /// How many entries of the change feed it seals.
    pub changes: u64,
}

/// What a data key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataKeyState {
    /// What is written is sealed with it.
    Active,
    /// It opens what is not sealed anew yet; then it is removed.
    Retiring,
}

/// A change of the keys, made within a [`Batch`](crate::Batch).
#[derive(Debug)]
pub enum KeyChange {
    /// A new data key becomes the active one.
    Rotate,
    /// All keys are wrapped by another master key. The store that made it keeps the old one: open another.
    Rewrap(MasterKey),
}

/// What a step of sealing anew came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Values that are sealed with the active key now.
    pub sealed: u64,
    /// Values that could not be opened, and were left as they are; the key that they name stays with them.
    pub left: u64,
    /// Where the next step begins; none when everything was gone through.
    pub next: Option<ResealPlace>,
}

/// Where a step of sealing anew begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResealPlace {
    pub(crate) table: usize,
    pub(crate) data_key: u32,
    pub(crate) revision: u64,
    pub(crate) kind: String,
    pub(crate) id: Vec<u8>,
}
