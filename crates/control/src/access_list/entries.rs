//! Adds entries to an access list and takes some out, beside others who do the same at the same time.

use paifang_model::id::AccessListId;
use paifang_model::{AccessList, AccessListEntry};
use paifang_store::Stored;

use super::AccessListPatch;
use crate::attempt::{outdated, settled};
use crate::control::Context;
use crate::error::Error;

/// How often it is tried: many may report addresses at once.
const TRIES: usize = 16;

impl Context {
    /// Adds entries to an access list. An address that is listed already stays as it is.
    ///
    /// # Errors
    /// When the caller may not, there is no such list, or rules are broken.
    pub async fn add_access_list_entries(
        &self,
        id: AccessListId,
        entries: &[AccessListEntry],
    ) -> Result<Stored<AccessList>, Error> {
        let add = |mut all: Vec<AccessListEntry>| {
            for entry in entries {
                if !all.iter().any(|there| there.address == entry.address) {
                    all.push(entry.clone());
                }
            }
            all
        };
        self.change_entries(id, add).await
    }

    /// Takes addresses out of an access list, written as they were added; those that are not listed are passed over.
    ///
    /// # Errors
    /// When the caller may not, or there is no such list.
    pub async fn remove_access_list_entries(
        &self,
        id: AccessListId,
        addresses: &[String],
    ) -> Result<Stored<AccessList>, Error> {
        let remove = |mut all: Vec<AccessListEntry>| {
            all.retain(|there| !addresses.contains(&there.address));
            all
        };
        self.change_entries(id, remove).await
    }

    async fn change_entries(
        &self,
        id: AccessListId,
        change: impl Fn(Vec<AccessListEntry>) -> Vec<AccessListEntry> + Send + Sync,
    ) -> Result<Stored<AccessList>, Error> {
        settled(TRIES, outdated, || self.try_to_change_entries(id, &change)).await
    }

    async fn try_to_change_entries(
        &self,
        id: AccessListId,
        change: &(impl Fn(Vec<AccessListEntry>) -> Vec<AccessListEntry> + Sync),
    ) -> Result<Stored<AccessList>, Error> {
        let list = self.documents().find::<AccessList>(id).await?;
        let entries = Some(change(list.value.entries));
        let patch = AccessListPatch { entries, ..AccessListPatch::default() };
        self.update_access_list(id, patch, Some(list.revision)).await
    }
}
