//! The command line as a client of the management interface: where it is, who asks, one signed request.

mod client;
mod keys;
mod rest;

pub(crate) use keys::Keys;
pub(crate) use rest::Rest;

use std::net::SocketAddr;

use anyhow::{Context as _, Result};

use crate::serve::RunFile;
use crate::settings::Beside;

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
        Ok(Rest { address: self.address()?, credentials: self.keys.find(&self.beside)? })
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
