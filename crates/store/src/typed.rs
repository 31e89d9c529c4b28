//! Reading documents as nouns, on any store.

use paifang_model::id::Id;
use paifang_model::record::{Key, Record};

use crate::document::Stored;
use crate::error::{ListError, ReadError};
use crate::query::{Page, Query};
use crate::store::Store;

/// Reads documents as nouns.
pub trait StoreExt: Store {
    /// One noun as it is now.
    ///
    /// # Errors
    /// When the document cannot be understood, or the database fails.
    fn get_as<R: Record>(
        &self,
        id: impl Into<Id> + Send,
    ) -> impl Future<Output = Result<Option<Stored<R>>, ReadError>> + Send {
        let key = Key::of::<R>(id);
        async move {
            match self.get(key).await? {
                Some(document) => Ok(Some(document.read()?)),
                None => Ok(None),
            }
        }
    }

    /// One page of nouns; the query's kind must be theirs, or all of them are unreadable.
    ///
    /// # Errors
    /// When the query breaks a limit or its cursor is foreign, or the database fails.
    fn list_as<R: Record>(
        &self,
        query: &Query,
    ) -> impl Future<Output = Result<Page<Stored<R>>, ListError>> + Send {
        async move {
            let Page { items, next, total, revision } = self.list(query).await?;
            let items = items.into_iter().map(|item| item?.read()).collect();
            Ok(Page { items, next, total, revision })
        }
    }
}

impl<S: Store + ?Sized> StoreExt for S {}
