//! Values in and out of a database, and rows of them.

use paifang_model::id::Id;
use paifang_model::kind::Kind;
use paifang_model::record::Key;

use crate::document::{Defect, Document, Unreadable};

/// A value of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        // Revisions and counts never get there; a number from outside means "as many as there are".
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Kind> for Value {
    fn from(kind: Kind) -> Self {
        kind.name().into()
    }
}

impl From<Id> for Value {
    fn from(id: Id) -> Self {
        Self::Bytes(id.as_bytes().to_vec())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

/// One row of an answer. Reading a column never panics: what is odd is a [`Defect`].
#[derive(Debug)]
pub(crate) struct Row(pub(crate) Vec<Value>);

impl Row {
    pub(crate) fn text(&self, at: usize, column: &'static str) -> Result<&str, Defect> {
        match self.0.get(at) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(Defect::Column { column, expected: "text" }),
        }
    }

    pub(crate) fn bytes(&self, at: usize, column: &'static str) -> Result<&[u8], Defect> {
        match self.0.get(at) {
            Some(Value::Bytes(bytes)) => Ok(bytes),
            _ => Err(Defect::Column { column, expected: "bytes" }),
        }
    }

    pub(crate) fn int(&self, at: usize, column: &'static str) -> Result<i64, Defect> {
        match self.0.get(at) {
            Some(Value::Int(number)) => Ok(*number),
            _ => Err(Defect::Column { column, expected: "a number" }),
        }
    }

    pub(crate) fn unsigned(&self, at: usize, column: &'static str) -> Result<u64, Defect> {
        let number = self.int(at, column)?;
        u64::try_from(number).map_err(|_| Defect::Column { column, expected: "a number from 0" })
    }

    pub(crate) fn is_null(&self, at: usize) -> bool {
        matches!(self.0.get(at), None | Some(Value::Null))
    }

    pub(crate) fn id(&self, at: usize, column: &'static str) -> Result<Id, Defect> {
        let bytes = self.bytes(at, column)?.try_into();
        bytes.map(Id::from_bytes).map_err(|_| Defect::Column { column, expected: "an id of 16 bytes" })
    }

    /// The address in two columns: kind, id.
    pub(crate) fn key(&self, at: usize) -> Result<Key, Defect> {
        let kind = self.text(at, "kind")?;
        let id = self.bytes(at + 1, "id")?;
        let address = || Defect::Address(format!("{kind}/{}", hex::encode(id)));
        let kind = kind.parse().map_err(|_| address())?;
        let id = Id::from_bytes(id.try_into().map_err(|_| address())?);
        Ok(Key { kind, id })
    }

    /// The document in eight columns: scope, schema, revision, created_at, updated_at, body, data_key, sealed.
    pub(crate) fn document(&mut self, key: Key, at: usize) -> Result<Raw, Unreadable> {
        let unreadable = |defect| Unreadable { key: Some(key), defect };
        let mut document = self.head(key, at).map_err(unreadable)?;
        document.body = self
            .take(at + 5)
            .ok_or_else(|| unreadable(Defect::Column { column: "body", expected: "bytes" }))?;
        Ok(Raw { document, sealed: self.take(at + 7) })
    }

    /// Bytes, taken and not copied: bodies are the bulk of a page.
    fn take(&mut self, at: usize) -> Option<Vec<u8>> {
        match self.0.get_mut(at).map(|value| std::mem::replace(value, Value::Null)) {
            Some(Value::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    fn head(&self, key: Key, at: usize) -> Result<Document, Defect> {
        let schema = self.unsigned(at + 1, "schema")?;
        Ok(Document {
            key,
            scope: self.id(at, "scope")?,
            schema: u32::try_from(schema)
                .map_err(|_| Defect::Column { column: "schema", expected: "a schema number" })?,
            revision: self.unsigned(at + 2, "revision")?,
            created_at: self.int(at + 3, "created_at")?,
            updated_at: self.int(at + 4, "updated_at")?,
            data_key: self.data_key(at + 6)?,
            body: Vec::new(),
        })
    }

    fn data_key(&self, at: usize) -> Result<Option<u32>, Defect> {
        if self.is_null(at) {
            return Ok(None);
        }
        let number = self.unsigned(at, "data_key")?;
        let odd = Defect::Column { column: "data_key", expected: "the number of a key" };
        u32::try_from(number).map(Some).map_err(|_| odd)
    }
}

/// A document whose secrets are not in their places yet.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) document: Document,
    pub(crate) sealed: Option<Vec<u8>>,
}
