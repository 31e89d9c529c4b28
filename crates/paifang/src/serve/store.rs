//! The store that a gateway starts with: open, or, when its database is away and there is something to serve meanwhile,
//! opened later.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use paifang_store::{MasterKey, NodeTable, Store};
use tracing::warn;

use super::data_dir::DataDir;
use super::late_store::{self, LateStore};
use super::seal_old;
use crate::open_store::{StoreAt, WithoutKey};
use crate::settings::Settings;

/// A store to start with.
pub(super) struct Started {
    pub(super) store: Arc<dyn Store>,
    /// The nodes that serve from it.
    pub(super) nodes: Arc<dyn NodeTable>,
    pub(super) master: MasterKey,
    /// The same, when it is not open yet.
    pub(super) late: Option<Arc<LateStore>>,
}

/// Opens it.
///
/// # Errors
/// When it cannot be opened, and waiting for it would not help, or there is nothing to serve meanwhile.
pub(super) async fn start(settings: &Settings, data_dir: &DataDir) -> Result<Started> {
    if let StoreAt::DataDir = settings.store {
        data_dir.make_database()?;
    }
    let place = settings.store_place();
    let opened = match place.open(WithoutKey::Make).await {
        Ok(opened) => opened,
        Err(error) if late_store::is_away(&error) && data_dir.has_last_good() => {
            let Some(master) = place.given_key()? else { return Err(error) };
            warn!("The store is away; what was served last is served on: {error:#}");
            let late = LateStore::start(place);
            let (store, nodes): (Arc<dyn Store>, Arc<dyn NodeTable>) =
                (Arc::clone(&late) as _, Arc::clone(&late) as _);
            return Ok(Started { store, nodes, master, late: Some(late) });
        }
        Err(error) => return Err(error),
    };
    opened.settle(data_dir.path())?;
    if let Some(file) = &opened.file {
        seal_old::run(file).await.context("sealing what older versions wrote")?;
    }
    Ok(Started { store: opened.store, nodes: opened.nodes, master: opened.key.key, late: None })
}
