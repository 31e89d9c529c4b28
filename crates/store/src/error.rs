//! What goes wrong, with what was attempted and why it failed.

use std::fmt;
use std::sync::Arc;

use paifang_model::id::{Id, TaskId};
use paifang_model::kind::Kind;
use paifang_model::record::Key;

use crate::document::Unreadable;
use crate::keyring::CipherFailed;

/// The database failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A statement or a connection failed.
    #[error("the database failed when {doing}")]
    Database {
        /// What was attempted.
        doing: &'static str,
        /// The driver's reason.
        #[source]
        source: Arc<sqlx::Error>,
    },
    /// The store's own rows are not as it left them.
    #[error("the database is damaged: found no sound row when {doing}")]
    Damaged {
        /// What was attempted.
        doing: &'static str,
    },
    /// A newer binary laid the tables out.
    #[error("`{database}` has layout {found} and this binary knows up to {known}; use a newer binary")]
    NewerLayout {
        /// The database.
        database: String,
        /// Its layout.
        found: i64,
        /// The newest layout that this binary knows.
        known: i64,
    },
    /// The database is one of something else.
    #[error("`{database}` is a database of another program")]
    Foreign {
        /// The database.
        database: String,
    },
    /// The database cannot keep what a store keeps.
    #[error("`{database}` cannot hold a store: {reason}")]
    Unsuitable {
        /// The database.
        database: String,
        /// What it lacks.
        reason: String,
    },
    /// The keys of the store are wrapped by another master key.
    #[error("the master key with fingerprint {given} does not open this store, which is sealed with {store}")]
    WrongMasterKey {
        /// The fingerprint of the master key that the store was sealed with.
        store: String,
        /// The fingerprint of the master key given.
        given: String,
    },
    /// Something could not be sealed.
    #[error("sealing failed")]
    Cipher(#[from] CipherFailed),
    /// The database has been away since the process started.
    #[error("the store is not open yet: its database has been away since the start")]
    NotOpen,
    /// The runtime that opened the store has ended.
    #[error("the store is closed")]
    Closed,
}

impl StoreError {
    /// What the driver says of something attempted.
    pub(crate) fn when(doing: &'static str) -> impl Fn(sqlx::Error) -> Self {
        move |source| Self::Database { doing, source: Arc::new(source) }
    }
}

/// One document could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is there and cannot be understood.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A list could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The query is wrong.
    #[error(transparent)]
    Query(#[from] BadQuery),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A query that is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadQuery {
    /// The page is too large or empty.
    #[error("limit is {given}, and must be 1 to {max}", max = crate::query::MAX_LIMIT)]
    Limit {
        /// The limit given.
        given: u32,
    },
    /// There are too many filters.
    #[error("there are {given} filters, and at most {max} are allowed", max = crate::query::MAX_FILTERS)]
    Filters {
        /// Their number.
        given: usize,
    },
    /// A filter has too many values.
    #[error("field `{field}` is compared with {given} values, and at most {max} are allowed", max = crate::query::MAX_VALUES)]
    Values {
        /// The field.
        field: &'static str,
        /// The number of values.
        given: usize,
    },
    /// The cursor is damaged or comes from a list in another order.
    #[error("the cursor does not belong to this list")]
    Cursor,
}

/// The feed could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ChangesError {
    /// The changes right after the revision are no longer kept: read lists again.
    #[error("changes after revision {after} are gone; they are kept after revision {floor}")]
    TooOld {
        /// The revision asked for.
        after: u64,
        /// The earliest revision that can be asked for.
        floor: u64,
    },
    /// The revision was never made here (an older copy of the database was put back): read lists again.
    #[error("revision {after} is ahead of the newest one, {head}")]
    Ahead {
        /// The revision asked for.
        after: u64,
        /// The newest revision.
        head: u64,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A change was not made, or nobody knows.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// It contradicts what is there.
    #[error("the change was refused: {0}")]
    Refused(Conflicts),
    /// The database failed, and the change was not made.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database went away while the change was made durable: it is there or it is not. Read to be sure.
    #[error("whether the change was made is not known: the database went away in that moment")]
    Unknown(#[source] StoreError),
}

/// Every reason why a change was refused; at least one.
#[derive(Debug)]
pub struct Conflicts(pub Vec<Conflict>);

impl fmt::Display for Conflicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, conflict) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            conflict.fmt(f)?;
        }
        Ok(())
    }
}

/// One reason why a change was refused.
#[derive(Debug, thiserror::Error)]
pub enum Conflict {
    /// Someone else was faster.
    #[error("{key} is not at revision {expected}{}", Found(*.found))]
    Changed {
        /// The document.
        key: Key,
        /// The revision expected.
        expected: u64,
        /// The revision it has; none when it is not there.
        found: Option<u64>,
    },
    /// A document is there that should not be.
    #[error("{key} exists already")]
    Exists {
        /// The document.
        key: Key,
    },
    /// A document is not there that should be.
    #[error("{key} does not exist")]
    Missing {
        /// The document.
        key: Key,
    },
    /// Another document holds a value that only one may hold.
    #[error("{field} `{value}` of {key} is taken by {holder}")]
    Taken {
        /// The document that was to have the value.
        key: Key,
        /// The field.
        field: &'static str,
        /// The value, as the index has it.
        value: String,
        /// The document that has it.
        holder: Key,
    },
    /// A link points at nothing.
    #[error("{key} needs {target} as its {edge}, which does not exist")]
    MissingTarget {
        /// The document with the link.
        key: Key,
        /// What the target is to it.
        edge: &'static str,
        /// The document that is not there.
        target: Key,
    },
    /// Other documents need the one to be deleted.
    #[error("{key} is needed by {count} other documents{}", First(.holders))]
    Held {
        /// The document that was to be deleted.
        key: Key,
        /// The first ten of those that need it, as far as this binary knows their kinds.
        holders: Vec<Key>,
        /// The number of all.
        count: u64,
    },
    /// There would be more documents than allowed.
    #[error("more than {limit} of kind {kind} in {}", Scope(*.scope))]
    TooMany {
        /// The kind.
        kind: Kind,
        /// The scope; none is all of them.
        scope: Option<Id>,
        /// The number allowed.
        limit: u64,
    },
    /// A newer binary wrote the document; replacing it would lose what only that one knows.
    #[error("{key} has schema {stored}, and this binary writes {known}")]
    NewerSchema {
        /// The document.
        key: Key,
        /// The schema number it has.
        stored: u32,
        /// The schema number that was to be written.
        known: u32,
    },
    /// The batch writes one document twice.
    #[error("{key} is written twice")]
    WrittenTwice {
        /// The document.
        key: Key,
    },
    /// A field cannot be kept.
    #[error("{field} of {key} {rule}")]
    BadField {
        /// The document.
        key: Key,
        /// The field.
        field: &'static str,
        /// The rule it breaks.
        rule: &'static str,
    },
    /// The document is larger than the store takes.
    #[error("{key} has {bytes} bytes, and at most {limit} are kept")]
    TooLarge {
        /// The document.
        key: Key,
        /// Its size in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The keys were wrapped by another master key since this process opened the store.
    #[error("the master key was changed since this process started; start it again with the new one")]
    OtherMasterKey,
    /// An item is settled already, or its task has ended.
    #[error("item {number} of task {task} cannot become {how}: it is not waiting")]
    NotWaiting {
        /// The task.
        task: TaskId,
        /// The item.
        number: u32,
        /// The state that it was to have.
        how: &'static str,
    },
    /// The task has ended, or was never there.
    #[error("task {task} is not open")]
    TaskEnded {
        /// The task.
        task: TaskId,
    },
    /// Somebody else holds the lease.
    #[error("the lease on {name} is held by another process")]
    Leased {
        /// What it is for.
        name: &'static str,
    },
    /// The noun does not become JSON.
    #[error("{key} cannot be written as JSON: {reason}")]
    NotJson {
        /// The document.
        key: Key,
        /// The serializer's reason.
        reason: String,
    },
}

struct Found(Option<u64>);

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(revision) => write!(f, " but at {revision}"),
            None => f.write_str(": it does not exist"),
        }
    }
}

struct First<'a>(&'a [Key]);

impl fmt::Display for First<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.first() {
            Some(key) => write!(f, ", {key} among them"),
            None => Ok(()),
        }
    }
}

struct Scope(Option<Id>);

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(id) => write!(f, "scope {id}"),
            None => f.write_str("all"),
        }
    }
}
