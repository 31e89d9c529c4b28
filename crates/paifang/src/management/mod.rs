//! The command line as a client of the management interface: where it is, who asks, one signed request.

mod client;
mod keys;
mod rest;

pub(crate) use keys::Keys;
pub(crate) use rest::{Refused, Rest};

use std::future::Future;
use std::net::SocketAddr;

use anyhow::{Context as _, Result};

use tokio::task::LocalSet;

use crate::serve::RunFile;
use crate::settings::Beside;

/// Does the work of a command that asks a gateway, on this thread, to which the connections belong.
pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(LocalSet::new().block_on(&runtime, work))
}

/// A running gateway, and who asks it.
#[derive(clap::Args)]
pub(crate) struct Access {
    /// Address of the management interface [default: the gateway that runs on the data directory]
    #[arg(long, value_name = "ADDRESS")]
    management: Option<SocketAddr>,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    beside: Beside,
}

impl Access {
    /// Its interface.
    pub(crate) fn rest(&self) -> Result<Rest> {
        Ok(Rest::new(self.address()?, self.keys.find(&self.beside)?))
    }

    fn address(&self) -> Result<SocketAddr> {
        if let Some(address) = self.management {
            return Ok(address);
        }
        let data_dir = self.beside.data_dir()?;
        let run = RunFile::read(&data_dir).with_context(|| {
            format!("no gateway runs on `{}`; name one with --management or --data-dir", data_dir.display())
        })?;
        Ok(run.management)
    }
}
