//! What the publisher passes on: what became of one document that calls need, as the store has it.

use paifang_model::{Deployment, Key, Version};
use paifang_store::{BucketContent, Change, Document, Op, ReadError, Store, StoreError, Unreadable};

use super::translate;

/// What became of a document.
#[derive(Debug)]
pub(super) enum Item {
    /// It is there.
    There(Found),
    /// It is gone.
    Gone(Key),
    /// It is there, and cannot be read.
    Unreadable(Unreadable),
}

/// A document, and the one that it cannot be understood without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) document: Document,
    /// What a deployment serves. None for any other kind, and when the version is gone: a later change then says
    /// what is served instead.
    pub(super) version: Option<Document>,
}

impl Item {
    /// Its address, unless that itself cannot be read.
    pub(super) fn key(&self) -> Option<Key> {
        match self {
            Self::There(found) => Some(found.document.key),
            Self::Gone(key) => Some(*key),
            Self::Unreadable(unreadable) => unreadable.key,
        }
    }

    /// Of a document that was read; none when calls do not need its kind.
    pub(super) async fn read(
        store: &dyn Store,
        document: Result<Document, Unreadable>,
    ) -> Result<Option<Self>, StoreError> {
        let document = match document {
            Ok(document) if translate::is_needed(document.key) => document,
            Ok(_) => return Ok(None),
            Err(unreadable) => return Ok(Some(Self::Unreadable(unreadable))),
        };
        // One that is no deployment after all is set aside when it is translated.
        let version = match document.read::<Deployment>() {
            Ok(deployment) => version(store, &deployment.value).await,
            Err(_) => Ok(None),
        };
        match version {
            Ok(version) => Ok(Some(Self::There(Found { document, version }))),
            Err(ReadError::Unreadable(unreadable)) => {
                let unreadable = Unreadable { key: Some(document.key), defect: unreadable.defect };
                Ok(Some(Self::Unreadable(unreadable)))
            }
            Err(ReadError::Store(error)) => Err(error),
        }
    }

    /// Of a change in the feed; none when calls do not need the kind.
    pub(super) async fn changed(
        store: &dyn Store,
        change: Result<Change, Unreadable>,
    ) -> Result<Option<Self>, StoreError> {
        match change {
            Ok(Change { op: Op::Put(document), .. }) => Self::read(store, Ok(document)).await,
            Ok(Change { key, .. }) => Ok(translate::is_needed(key).then_some(Self::Gone(key))),
            Err(unreadable) => Self::read(store, Err(unreadable)).await,
        }
    }
}

/// What a deployment serves.
async fn version(store: &dyn Store, deployment: &Deployment) -> Result<Option<Document>, ReadError> {
    store.get(Key::of::<Version>(deployment.version)).await
}

/// The items of a bucket.
pub(super) async fn of_bucket(store: &dyn Store, content: BucketContent) -> Result<Vec<Item>, StoreError> {
    let mut items = Vec::with_capacity(content.documents.len());
    for document in content.documents {
        items.extend(Item::read(store, document).await?);
    }
    Ok(items)
}
