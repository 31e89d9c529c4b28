//! What a check of the store finds.

use std::fmt;

use crate::document::Defect;

/// Something in the store that does not fit.
#[derive(Debug)]
pub struct Finding {
    /// The document (`kind/id`), or the part of the database.
    pub place: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, problem } = self;
        write!(f, "{place}: {problem}")
    }
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The document cannot be read.
    #[error("it cannot be read: {0}{cause}", cause = Cause(.0))]
    Unreadable(Defect),
    /// The body is that of another document.
    #[error("its body says that it is {0}")]
    OtherIdentity(String),
    /// The row is in another scope than its document.
    #[error("it lies in another scope than it says")]
    OtherScope,
    /// A row by which it is found is not there.
    #[error("it is not found by its {0}: the row for it is missing or says something else")]
    NoField(String),
    /// A row by which it is found says what the document does not.
    #[error("it is found by a {0} that it does not have")]
    OddField(String),
    /// The row of a link is not there.
    #[error("its link to {target} ({edge}) has no row")]
    NoLink {
        /// What the target is to it.
        edge: String,
        /// The target.
        target: String,
    },
    /// The row of a link says what the document does not.
    #[error("a row links it to {target} ({edge}), and it says nothing of that")]
    OddLink {
        /// What the target is to it.
        edge: String,
        /// The target.
        target: String,
    },
    /// The target of a link is not there.
    #[error("it needs {target} ({edge}), which does not exist")]
    NoTarget {
        /// What the target is to it.
        edge: String,
        /// The target.
        target: String,
    },
    /// Rows for finding it are there, and the document is not.
    #[error("rows for finding it are there, and it is not")]
    Lost,
    /// The feed does not tell of its newest state.
    #[error("it is at revision {0}, of which the feed does not tell")]
    Untold(u64),
    /// The feed's newest entry does not agree with what is there.
    #[error("the feed's newest entry about it, of revision {0}, does not agree with what is there")]
    Mistold(u64),
    /// Something is newer than the newest revision.
    #[error("it has revision {found}, and the newest one is {head}")]
    Ahead {
        /// The revision found.
        found: u64,
        /// The newest revision.
        head: u64,
    },
    /// The database's own check found it.
    #[error("{0}")]
    Database(String),
}

struct Cause<'a>(&'a Defect);

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match std::error::Error::source(self.0) {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}
