//! Opens the store of a gateway with its master key, for the gateway itself and for commands beside it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use paifang_store::{SqliteStore, StoreError};

use crate::master_key::{self, Found, OwnFile, Sharing, Source};

/// Where a store is, and where its master key may be.
#[derive(Debug)]
pub(crate) struct StorePlace {
    /// The data directory.
    pub(crate) data_dir: PathBuf,
    /// Who uses the store.
    pub(crate) sharing: Sharing,
    /// The file that the operator says has the master key.
    pub(crate) master_key_file: Option<PathBuf>,
}

/// What to do where there is no master key yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithoutKey {
    /// Make one: this is the start of a gateway.
    Make,
    /// Give up.
    GiveUp,
}

/// An open store and the key that opened it.
pub(crate) struct Opened {
    pub(crate) store: SqliteStore,
    pub(crate) key: Found,
}

impl StorePlace {
    /// Opens the store's file with the key that fits.
    ///
    /// # Errors
    /// When no key fits, in a sentence that says which were tried and what to do.
    pub(crate) async fn open(&self, database: &Path, without_key: WithoutKey) -> Result<Opened> {
        let opening = || format!("opening {}", database.display());
        let mut keys = master_key::candidates(self.master_key_file.as_deref(), self.sharing, &self.data_dir)?;
        if keys.is_empty() {
            let is_sealed = SqliteStore::has_keyring(database).await.with_context(opening)?;
            keys.push(self.make(without_key, is_sealed)?);
        }
        let mut refused = None;
        for key in &keys {
            match SqliteStore::open(database, key.key.clone()).await {
                Ok(store) => return Ok(Opened { store, key: key.clone() }),
                Err(error @ StoreError::WrongMasterKey { .. }) => refused = Some(error),
                Err(error) => return Err(error).with_context(opening),
            }
        }
        let error = refused.context("there is no master key")?;
        Err(error).context(master_key::advice(&keys))
    }

    /// A new key, for a store that nothing is sealed in.
    fn make(&self, without_key: WithoutKey, is_sealed: bool) -> Result<Found> {
        let file = OwnFile::of(&self.data_dir);
        match without_key {
            WithoutKey::Make if !is_sealed => file.make(),
            _ => bail!(
                "there is no master key at `{}`, and the store beside it opens with the one alone that it was \
                 sealed with; put the file back from where you keep it, or name it with --master-key-file",
                file.path().display()
            ),
        }
    }
}

impl Opened {
    /// Tidies up after wrapping anew was broken off. For whoever has the data directory.
    pub(crate) fn settle(&self, data_dir: &Path) -> Result<()> {
        let file = OwnFile::of(data_dir);
        file.settle(&self.key.source)?;
        if matches!(self.key.source, Source::Next(_)) {
            tracing::info!(file = %file.path().display(), "Finished wrapping the keys by a new master key");
        }
        Ok(())
    }
}
