//! The store that a gateway starts with: open, or, when its database is away and there is something to serve meanwhile,
//! opened later.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use paifang_store::{MasterKey, NodeTable, Store, TelemetryTable};
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
    /// The figures of their calls.
    pub(super) telemetry: Arc<dyn TelemetryTable>,
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
            return Ok(Started {
                store: Arc::clone(&late) as _,
                nodes: Arc::clone(&late) as _,
                telemetry: Arc::clone(&late) as _,
                master,
                late: Some(late),
            });
        }
        Err(error) => return Err(error),
    };
    opened.settle(data_dir.path())?;
    if let Some(file) = &opened.file {
        seal_old::run(file).await.context("sealing what older versions wrote")?;
    }
    let (store, nodes, telemetry) = (opened.store, opened.nodes, opened.telemetry);
    Ok(Started { store, nodes, telemetry, master: opened.key.key, late: None })
}
