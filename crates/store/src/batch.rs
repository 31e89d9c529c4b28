//! A change to be made: writes, what they expect, and the audit lines that come with them.

use std::fmt;

use paifang_model::id::Id;
use paifang_model::kind::Kind;
use paifang_model::record::{Field, Fields, Key, Link, Links, Record, SecretField};

use crate::audit::AuditLine;
use crate::keys::KeyChange;
use crate::task::TaskWrite;

/// A change that is made as a whole or not at all.
#[derive(Debug)]
pub struct Batch {
    /// The documents written; each at most once.
    pub writes: Vec<Write>,
    /// What must hold.
    pub expectations: Vec<Expectation>,
    /// What is remembered about it.
    pub audit: Vec<AuditLine>,
    /// How the keys change, before the writes.
    pub keys: Option<KeyChange>,
    /// What it says about tasks.
    pub tasks: Vec<TaskWrite>,
    /// The time of the writes: Unix milliseconds.
    pub now: i64,
}

impl Batch {
    /// An empty change at a time (Unix milliseconds).
    #[must_use]
    pub fn at(now: i64) -> Self {
        let (writes, expectations, audit) = (Vec::new(), Vec::new(), Vec::new());
        Self { writes, expectations, audit, keys: None, tasks: Vec::new(), now }
    }

    /// With one more write.
    #[must_use]
    pub fn write(mut self, write: Write) -> Self {
        self.writes.push(write);
        self
    }

    /// With one more expectation.
    #[must_use]
    pub fn expect(mut self, expectation: Expectation) -> Self {
        self.expectations.push(expectation);
        self
    }

    /// With a change of the keys.
    #[must_use]
    pub fn keys(mut self, change: KeyChange) -> Self {
        self.keys = Some(change);
        self
    }

    /// With one more audit line.
    #[must_use]
    pub fn audit(mut self, line: AuditLine) -> Self {
        self.audit.push(line);
        self
    }

    /// With something more about tasks.
    #[must_use]
    pub fn task(mut self, write: TaskWrite) -> Self {
        self.tasks.push(write);
        self
    }
}

/// One write.
#[derive(Debug)]
pub enum Write {
    /// Makes or replaces a document.
    Put(Put),
    /// Deletes a document and what hangs on it; one that is not there may be deleted too.
    Delete(Key),
}

impl Write {
    /// Makes or replaces the document of a noun.
    #[must_use]
    pub fn put<R: Record>(record: &R) -> Self {
        let (mut fields, mut links) = (Fields::new(), Links::new());
        record.fields(&mut fields);
        record.links(&mut links);
        let (fields, secret_fields) = fields.into_parts();
        Self::Put(Put {
            key: Key { kind: R::KIND, id: record.id() },
            scope: record.scope(),
            schema: R::SCHEMA,
            secrets: R::SECRETS,
            body: serde_json::to_vec(record),
            fields,
            secret_fields,
            links: links.into_vec(),
        })
    }

    /// Deletes a document.
    #[must_use]
    pub fn delete(key: Key) -> Self {
        Self::Delete(key)
    }

    /// The document it writes.
    #[must_use]
    pub fn key(&self) -> Key {
        match self {
            Self::Put(put) => put.key,
            Self::Delete(key) => *key,
        }
    }
}

/// A document to be written, with what it is found by.
pub struct Put {
    pub(crate) key: Key,
    pub(crate) scope: Id,
    pub(crate) schema: u32,
    /// Where its secrets are.
    pub(crate) secrets: &'static [&'static str],
    /// A noun that does not serialize is refused at commit, so that [`Write::put`] reads plainly.
    pub(crate) body: Result<Vec<u8>, serde_json::Error>,
    pub(crate) fields: Vec<Field>,
    /// What becomes fields when the store takes the batch.
    pub(crate) secret_fields: Vec<SecretField>,
    pub(crate) links: Vec<Link>,
}

impl fmt::Debug for Put {
    // The body may hold what must not be logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Put({}, schema {})", self.key, self.schema)
    }
}

/// What must hold for a change to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// Before the writes, the document is there and was last written at this revision.
    Revision(Key, u64),
    /// Before the writes, the document is not there.
    Absent(Key),
    /// Before the writes, the document is there.
    Present(Key),
    /// After the writes, there are no more documents of a kind than this.
    AtMost {
        /// The kind counted.
        kind: Kind,
        /// The scope counted in; none counts all.
        scope: Option<Id>,
        /// The number allowed.
        n: u64,
    },
}
