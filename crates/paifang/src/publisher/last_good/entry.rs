//! What is in a frame: documents as the store has them, in few bytes.

use paifang_model::{Id, Key};
use paifang_store::Document;
use serde::{Deserialize, Serialize};

use super::frames::Trouble;
use crate::publisher::item::{Found, Item};

/// What happened, and the revision up to which all that came before is whole, if it is.
#[derive(Serialize, Deserialize)]
pub(super) struct Frame<'a> {
    #[serde(borrow)]
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) through: Option<u64>,
}

/// What happened to a document.
#[derive(Serialize, Deserialize)]
pub(super) enum Entry<'a> {
    /// It is there; a deployment comes with its version.
    There(#[serde(borrow)] Body<'a>, Option<Body<'a>>),
    /// It is gone, or cannot be read.
    Gone { kind: &'a str, id: [u8; 16] },
}

/// A document.
#[derive(Serialize, Deserialize)]
pub(super) struct Body<'a> {
    kind: &'a str,
    id: [u8; 16],
    scope: [u8; 16],
    schema: u32,
    revision: u64,
    created_at: i64,
    updated_at: i64,
    json: &'a str,
}

impl<'a> Frame<'a> {
    /// As bytes.
    pub(super) fn write(items: &'a [Item], through: Option<u64>) -> Vec<u8> {
        let entries = items.iter().filter_map(Entry::of).collect();
        Frame { entries, through }.to_bytes()
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Neither a sequence without a length nor a map is in it, which are all that it cannot write.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Trouble> {
        postcard::from_bytes(bytes).map_err(Trouble::Frame)
    }
}

impl<'a> Entry<'a> {
    fn of(item: &'a Item) -> Option<Self> {
        let gone = |key: Key| Self::Gone { kind: key.kind.name(), id: *key.id.as_bytes() };
        match item {
            Item::There(Found { document, version }) => Some(match Body::of(document) {
                Some(body) => Self::There(body, version.as_ref().and_then(Body::of)),
                None => gone(document.key),
            }),
            Item::Gone(key) => Some(gone(*key)),
            Item::Unreadable(unreadable) => unreadable.key.map(gone),
        }
    }

    /// What it says; none when it is of a kind that this binary does not know.
    pub(super) fn item(&self) -> Option<Item> {
        Some(match self {
            Self::There(body, version) => {
                let version = version.as_ref().and_then(Body::document);
                Item::There(Found { document: body.document()?, version })
            }
            Self::Gone { kind, id } => Item::Gone(key(kind, *id)?),
        })
    }

    /// Which document it is about.
    pub(super) fn key(&self) -> Option<Key> {
        match self {
            Self::There(body, _) => key(body.kind, body.id),
            Self::Gone { kind, id } => key(kind, *id),
        }
    }
}

impl<'a> Body<'a> {
    /// None when it is not JSON, and so of no use.
    fn of(document: &'a Document) -> Option<Self> {
        let Document { key, scope, schema, revision, created_at, updated_at, ref body, .. } = *document;
        let json = std::str::from_utf8(body).ok()?;
        let (kind, id, scope) = (key.kind.name(), *key.id.as_bytes(), *scope.as_bytes());
        Some(Self { kind, id, scope, schema, revision, created_at, updated_at, json })
    }

    fn document(&self) -> Option<Document> {
        let Self { schema, revision, created_at, updated_at, .. } = *self;
        let (key, scope) = (key(self.kind, self.id)?, Id::from_bytes(self.scope));
        let body = self.json.as_bytes().to_vec();
        Some(Document { key, scope, schema, revision, created_at, updated_at, data_key: None, body })
    }
}

fn key(kind: &str, id: [u8; 16]) -> Option<Key> {
    Some(Key { kind: kind.parse().ok()?, id: Id::from_bytes(id) })
}
