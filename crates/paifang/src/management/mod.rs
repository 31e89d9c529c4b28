//! The command line as a client of the management interface: where it is, who asks, one signed request.

mod client;
mod keys;
mod rest;

pub(crate) use keys::Keys;
pub(crate) use rest::{Refused, Rest};

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use tokio::task::LocalSet;

use client::Client;

use crate::serve::{RunFile, authority};
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
    /// Certificate of the authority that signed the management interface's: it is spoken to over TLS [default: as the
    /// gateway on the data directory says]
    #[arg(long, value_name = "FILE")]
    management_ca: Option<PathBuf>,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    beside: Beside,
}

impl Access {
    /// Its interface.
    pub(crate) fn rest(&self) -> Result<Rest> {
        let (address, authority) = self.place()?;
        let client = Client::new(address, authority.as_deref(), self.keys.find(&self.beside)?)?;
        Ok(Rest::new(client))
    }

    /// Where it is, and the authority's certificate where TLS is spoken.
    fn place(&self) -> Result<(SocketAddr, Option<PathBuf>)> {
        let named = self.management_ca.clone();
        if let Some(address) = self.management {
            return Ok((address, named));
        }
        let data_dir = self.beside.data_dir()?;
        let run = RunFile::read(&data_dir).with_context(|| {
            format!("no gateway runs on `{}`; name one with --management or --data-dir", data_dir.display())
        })?;
        let authority = named.or_else(|| run.management_tls.then(|| authority::path(&data_dir)));
        Ok((run.management, authority))
    }
}
