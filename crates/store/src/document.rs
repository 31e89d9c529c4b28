//! A document as the store keeps it, and as a noun reads it.

use std::fmt;

use paifang_model::id::Id;
use paifang_model::record::{Key, Record};

/// A document as the store keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// Its address.
    pub key: Key,
    /// The document it belongs to, or [`Id::ROOT`].
    pub scope: Id,
    /// The number of the layout of its body.
    pub schema: u32,
    /// The revision that last wrote it.
    pub revision: u64,
    /// When it was first written: Unix milliseconds.
    pub created_at: i64,
    /// When it was last written: Unix milliseconds.
    pub updated_at: i64,
    /// The data key that seals its secrets; none when it has none.
    pub data_key: Option<u32>,
    /// Its JSON text, with its secrets.
    pub body: Vec<u8>,
}

impl Document {
    /// Reads the body as a noun, from older layouts too.
    ///
    /// # Errors
    /// When it is of another kind, of a newer schema than this binary's, or cannot be understood.
    pub fn read<R: Record>(&self) -> Result<Stored<R>, Unreadable> {
        let value = self.value().map_err(|defect| Unreadable { key: Some(self.key), defect })?;
        let Self { revision, created_at, updated_at, .. } = *self;
        Ok(Stored { value, revision, created_at, updated_at })
    }

    fn value<R: Record>(&self) -> Result<R, Defect> {
        if self.key.kind != R::KIND {
            return Err(Defect::Kind { wanted: R::KIND.name() });
        }
        if self.schema > R::SCHEMA {
            return Err(Defect::NewerSchema { stored: self.schema, known: R::SCHEMA });
        }
        if self.schema == R::SCHEMA {
            return serde_json::from_slice(&self.body).map_err(Defect::Json);
        }
        let old = serde_json::from_slice(&self.body).map_err(Defect::Json)?;
        let new =
            R::upgrade(self.schema, old).map_err(|reason| Defect::Upgrade { schema: self.schema, reason })?;
        serde_json::from_value(new).map_err(Defect::Json)
    }
}

impl fmt::Debug for Document {
    // The body may hold what must not be logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("key", &format_args!("{}", self.key))
            .field("schema", &self.schema)
            .field("revision", &self.revision)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// A noun and what the store knows about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored<R> {
    /// The noun.
    pub value: R,
    /// The revision that last wrote it.
    pub revision: u64,
    /// When it was first written: Unix milliseconds.
    pub created_at: i64,
    /// When it was last written: Unix milliseconds.
    pub updated_at: i64,
}

/// A document that is there and cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("document {} cannot be read", Address(*.key))]
pub struct Unreadable {
    /// Its address; none when that itself cannot be understood, and then the defect quotes it.
    pub key: Option<Key>,
    /// What is wrong with it.
    #[source]
    pub defect: Defect,
}

/// What is wrong with a document.
#[derive(Debug, thiserror::Error)]
pub enum Defect {
    /// A newer binary wrote it.
    #[error("it has schema {stored}, and this binary knows up to {known}")]
    NewerSchema {
        /// The schema number it has.
        stored: u32,
        /// The newest schema number that this binary knows.
        known: u32,
    },
    /// It is not JSON, or not this noun's JSON.
    #[error("its JSON is not what this binary expects")]
    Json(#[source] serde_json::Error),
    /// The noun cannot make sense of the old layout.
    #[error("it cannot be upgraded from schema {schema}: {reason}")]
    Upgrade {
        /// The schema number it has.
        schema: u32,
        /// The noun's sentence.
        reason: String,
    },
    /// It was asked for as another noun.
    #[error("it is not of kind `{wanted}`")]
    Kind {
        /// The kind asked for.
        wanted: &'static str,
    },
    /// A column holds a value of the wrong sort.
    #[error("its {column} is not {expected}")]
    Column {
        /// The column.
        column: &'static str,
        /// What the column should hold.
        expected: &'static str,
    },
    /// Its address is not one that this binary knows: a kind of a newer binary, or a damaged id.
    #[error("`{0}` is not the address of a document")]
    Address(String),
    /// Its secrets do not open: they were changed, or moved here from elsewhere.
    #[error("its secrets cannot be opened: they are not what was sealed for it")]
    Sealed,
    /// The key that seals its secrets is not in the keyring.
    #[error("its secrets are sealed with data key {number}, which is not in the keyring")]
    NoDataKey {
        /// The key.
        number: u32,
    },
    /// Its rows in the index are there, and the document is not.
    #[error("it is in the index only")]
    Lost,
}

struct Address(Option<Key>);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(key) => key.fmt(f),
            None => f.write_str("of unknown address"),
        }
    }
}
