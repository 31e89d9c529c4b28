//! What a gateway stands on: a data directory and sockets, taken afresh or together with the gateway that it succeeds.

use anyhow::Result;

use super::data_dir::DataDir;
use super::handover::{Parcel, Predecessor};
use super::inherited::Inherited;
use super::listeners::Listeners;
use super::run_file::RunFile;
use crate::settings::Settings;

/// What a gateway stands on.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) data_dir: DataDir,
    pub(super) listeners: Listeners,
    pub(super) run_file: RunFile,
}

impl Ground {
    /// Takes it.
    ///
    /// # Errors
    /// When another process has it, which does not hand it over.
    pub(super) fn take(settings: &Settings, predecessor: Option<&Predecessor>) -> Result<Self> {
        let Some(predecessor) = predecessor else {
            let data_dir = DataDir::take(&settings.data_dir)?;
            let run_file = RunFile::fresh(data_dir.path())?;
            let listeners = Listeners::open(settings, Inherited::from_environment()?)?;
            return Ok(Self { data_dir, listeners, run_file });
        };
        let Parcel { lock, sockets } = predecessor.receive()?;
        let data_dir = DataDir::succeed(&settings.data_dir, lock)?;
        let run_file = RunFile::succeed(data_dir.path());
        let listeners = Listeners::open(settings, Inherited::new(sockets))?;
        Ok(Self { data_dir, listeners, run_file })
    }
}
