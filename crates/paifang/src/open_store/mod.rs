//! Opens the store of a gateway with its master key, for the gateway itself and for commands beside it.

mod place;

use std::fs::File;
use std::io::Seek as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use paifang_store::{
    BackupHeader, BadBackup, MasterKey, NodeTable, PostgresStore, RestoreError, SqliteStore, StoreError,
    TelemetryTable, Upkeep,
};

use crate::master_key::{self, Found, OwnFile, Source};
pub(crate) use place::{StoreAt, file};

/// Where a store is, and where its master key may be.
#[derive(Debug)]
pub(crate) struct StorePlace {
    /// The data directory.
    pub(crate) data_dir: PathBuf,
    /// The store.
    pub(crate) store: StoreAt,
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
    pub(crate) store: Arc<dyn Upkeep>,
    /// The nodes that serve from it.
    pub(crate) nodes: Arc<dyn NodeTable>,
    /// The figures of their calls.
    pub(crate) telemetry: Arc<dyn TelemetryTable>,
    /// The same as what it is, when it is a file.
    pub(crate) file: Option<Arc<SqliteStore>>,
    pub(crate) key: Found,
}

impl StorePlace {
    /// Fails where nothing was ever stored: opening would make it.
    pub(crate) fn expect_data(&self) -> Result<()> {
        let is_there = !matches!(self.store, StoreAt::DataDir) || self.file().exists();
        ensure!(is_there, "`{}` holds no gateway's data", self.data_dir.display());
        Ok(())
    }

    /// Opens the store with the key that fits, or makes it where there is none.
    ///
    /// # Errors
    /// When no key fits, in a sentence that says which were tried and what to do.
    pub(crate) async fn open(&self, without_key: WithoutKey) -> Result<Opened> {
        let sharing = self.store.sharing();
        let mut keys = master_key::candidates(self.master_key_file.as_deref(), sharing, &self.data_dir)?;
        if keys.is_empty() {
            let is_sealed = SqliteStore::has_keyring(self.file()).await.with_context(|| self.opening())?;
            keys.push(self.make(without_key, is_sealed)?);
        }
        let mut refused = None;
        for key in &keys {
            match self.open_with(key.clone()).await {
                Ok(opened) => return Ok(opened),
                Err(error @ StoreError::WrongMasterKey { .. }) => refused = Some(error),
                Err(error) => return Err(error).with_context(|| self.opening()),
            }
        }
        let error = refused.context("there is no master key")?;
        Err(error).context(master_key::advice(&keys))
    }

    /// The key, where it does not take the store to know which it is.
    ///
    /// # Errors
    /// As [`StorePlace::open`], before it opens anything.
    pub(crate) fn given_key(&self) -> Result<Option<MasterKey>> {
        let sharing = self.store.sharing();
        let keys = master_key::candidates(self.master_key_file.as_deref(), sharing, &self.data_dir)?;
        Ok(<[Found; 1]>::try_from(keys).ok().map(|[found]| found.key))
    }

    /// Restores a backup into the store, with the key that the backup was sealed with.
    ///
    /// # Errors
    /// When the backup cannot be restored, no key is there or none fits, or the store is not empty.
    pub(crate) async fn restore(&self, from: &File) -> Result<(BackupHeader, Found)> {
        let sharing = self.store.sharing();
        let keys = master_key::candidates(self.master_key_file.as_deref(), sharing, &self.data_dir)?;
        let mut refused = None;
        for key in &keys {
            match self.restore_with(&key.key, from).await {
                Ok(header) => return Ok((header, key.clone())),
                Err(RestoreError::Store(error @ StoreError::WrongMasterKey { .. })) => refused = Some(error),
                Err(error) => return Err(error.into()),
            }
        }
        match refused {
            Some(error) => Err(error).context(master_key::advice(&keys)),
            None => bail!(
                "there is no master key at `{}`, and a backup opens with the one alone that it was sealed with; \
                 put it there first, or name it with --master-key-file",
                OwnFile::of(&self.data_dir).path().display()
            ),
        }
    }

    async fn restore_with(&self, master: &MasterKey, mut from: &File) -> Result<BackupHeader, RestoreError> {
        from.rewind().map_err(BadBackup::from)?;
        match &self.store {
            StoreAt::DataDir => SqliteStore::restore(self.file(), master, from).await,
            StoreAt::Postgres(address) => PostgresStore::restore(address, master, from).await,
        }
    }

    async fn open_with(&self, key: Found) -> Result<Opened, StoreError> {
        let master = key.key.clone();
        Ok(match &self.store {
            StoreAt::DataDir => {
                let file = Arc::new(SqliteStore::open(self.file(), master).await?);
                Opened {
                    store: Arc::clone(&file) as _,
                    nodes: Arc::clone(&file) as _,
                    telemetry: Arc::clone(&file) as _,
                    file: Some(file),
                    key,
                }
            }
            StoreAt::Postgres(address) => {
                let store = Arc::new(PostgresStore::open(address, master).await?);
                let (nodes, telemetry) = (Arc::clone(&store) as _, Arc::clone(&store) as _);
                Opened { store, nodes, telemetry, file: None, key }
            }
        })
    }

    fn file(&self) -> PathBuf {
        place::file(&self.data_dir)
    }

    fn opening(&self) -> String {
        match &self.store {
            StoreAt::DataDir => format!("opening {}", self.file().display()),
            StoreAt::Postgres(address) => format!("opening the store {address}"),
        }
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
