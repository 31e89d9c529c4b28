//! What goes wrong, in terms of what was attempted. Faces choose statuses and codes; nothing here knows of them.

use std::time::Duration;

use paifang_model::id::TaskId;
use paifang_model::{Key, Kind, Violations};
use paifang_store::{BadQuery, CommitError, ListError, ReadError, StoreError, Unreadable};
use serde::{Deserialize, Serialize};

use crate::action::Action;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("there is no {kind} `{id}`")]
    NotFound {
        /// What was looked for.
        kind: Kind,
        /// Under which id or name.
        id: String,
    },
    /// There is no such task, or it ended long ago.
    #[error("there is no task `{0}`")]
    NoTask(TaskId),
    /// There is no such revision yet.
    #[error("there is no revision {revision} yet: the newest is {newest}")]
    NotCommitted {
        /// What was asked for.
        revision: u64,
        /// What there is.
        newest: u64,
    },
    /// What was sent breaks rules; taken names are here too, as duplicates.
    #[error("{0}")]
    Invalid(Violations),
    /// Others need what was to be deleted.
    #[error("{key} is needed by {count} others{}", First(.by))]
    InUse {
        /// What was to be deleted.
        key: Key,
        /// The first ten of those that need it.
        by: Vec<Key>,
        /// How many need it.
        count: u64,
    },
    /// The caller may not do that.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Someone else changed it since it was read.
    #[error("{key} is not at revision {expected} any more{}", Found(*.found))]
    RevisionMismatch {
        /// What was to be changed.
        key: Key,
        /// The revision the caller knows.
        expected: u64,
        /// The revision it has; none when it is gone.
        found: Option<u64>,
    },
    /// There would be more than allowed.
    #[error("there may be {limit} of kind {kind} at most")]
    QuotaExceeded {
        /// What there would be too many of.
        kind: Kind,
        /// How many are allowed.
        limit: u64,
    },
    /// What is there does not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Someone did the same at the same time; trying again helps.
    #[error("someone else made a {0} at the same moment; try again")]
    Raced(Kind),
    /// The name or the password is wrong, or the user may not sign in.
    #[error("the name or the password is wrong")]
    WrongCredentials,
    /// There were too many wrong passwords.
    #[error("there were too many wrong passwords; try again in {} s", .again_in.as_secs().max(1))]
    LockedOut {
        /// When a password is looked at again.
        again_in: Duration,
    },
    /// The list was asked for in a way it cannot be answered.
    #[error(transparent)]
    Query(#[from] BadQuery),
    /// It is there, and this binary cannot read it.
    #[error("it is there and cannot be read")]
    Unreadable(#[source] Unreadable),
    /// The store did not do its part.
    #[error("the store is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The store went away in the moment that decides whether a change is made.
    #[error(
        "the store went away while the change was made; whether it was made is not known: look before trying again"
    )]
    Uncertain(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A caller's role does not cover what was attempted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{actor}` may not do {action} to {resource}")]
pub struct Denied {
    /// Who.
    pub actor: String,
    /// What.
    pub action: Action,
    /// To what.
    pub resource: String,
}

/// What is there does not allow what was attempted, whatever is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The stage exists from the start.
    #[error("a stage that exists from the start can be neither changed nor deleted")]
    BuiltInStage,
    /// Nobody would be left to manage.
    #[error("the last enabled owner can be neither disabled, demoted nor deleted")]
    LastOwner,
    /// The app would be left without a key.
    #[error("the last key of an app cannot be deleted; reset its secret, or delete the app")]
    LastAppKey,
    /// The keys were wrapped by another master key in the meantime.
    #[error("the master key was changed since this gateway started; start it again with the new one")]
    OtherMasterKey,
    /// The API is not online there.
    #[error("the API is not online in this stage")]
    NotOnline,
    /// The API uses no backend service there.
    #[error("the API uses no backend service in this stage")]
    UsesNoService,
    /// The API does not go through the backend access there.
    #[error("the API does not go through the backend access in this stage")]
    UsesNoAccess,
    /// The API follows its backend service already.
    #[error("the API follows its backend service in this stage already")]
    FollowsAlready,
    /// Nothing of the task waits any more.
    #[error("the task has ended")]
    TaskEnded,
    /// The item of the task was done, or the task was canceled, meanwhile.
    #[error("the item of the task is settled already")]
    ItemSettled,
}

impl Error {
    /// There is no such thing.
    pub(crate) fn not_found(kind: Kind, id: impl std::fmt::Display) -> Self {
        Self::NotFound { kind, id: paifang_model::name::shown(&id.to_string()) }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Unreadable(unreadable) => Self::Unreadable(unreadable),
            ReadError::Store(error) => error.into(),
        }
    }
}

impl From<Unreadable> for Error {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

impl From<ListError> for Error {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Query(query) => Self::Query(query),
            ListError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

impl From<CommitError> for Error {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Unknown(_) => Self::Uncertain(Box::new(error)),
            CommitError::Refused(_) | CommitError::Store(_) => Self::Unavailable(Box::new(error)),
        }
    }
}

struct First<'a>(&'a [Key]);

impl std::fmt::Display for First<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.first() {
            Some(key) => write!(f, ", {key} among them"),
            None => Ok(()),
        }
    }
}

struct Found(Option<u64>);

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(revision) => write!(f, ", but at {revision}"),
            None => f.write_str(": it is gone"),
        }
    }
}
