//! `run.json`: that a gateway serves, and where. It is there from when everything serves until it ends.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::file;

/// What `run.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    /// The process.
    pub(crate) pid: u32,
    /// Where it takes calls.
    pub(crate) http: SocketAddr,
    /// Where it takes calls over TLS; absent: nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) https: Option<SocketAddr>,
    /// Where it is managed.
    pub(crate) management: SocketAddr,
    /// Whether it is managed over TLS, by a certificate of the authority in `ca.pem`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) management_tls: bool,
}

/// The file in a data directory.
#[derive(Debug)]
pub(crate) struct RunFile(PathBuf);

impl RunFile {
    /// Takes away what an earlier process left that could not.
    pub(super) fn fresh(data_dir: &Path) -> Result<Self> {
        let path = path(data_dir);
        file::remove(&path)?;
        Ok(Self(path))
    }

    /// The one of whoever hands over to this process, which is right until it is written anew.
    pub(super) fn succeed(data_dir: &Path) -> Self {
        Self(path(data_dir))
    }

    pub(super) fn write(&self, run: &Run) -> Result<()> {
        file::write(&self.0, &serde_json::to_string(run)?)
    }

    pub(super) fn remove(&self) -> Result<()> {
        file::remove(&self.0)
    }

    /// What a gateway on this data directory said.
    ///
    /// # Errors
    /// When none said anything.
    pub(crate) fn read(data_dir: &Path) -> Result<Run> {
        let path = path(data_dir);
        let text = file::read(&path)?.with_context(|| format!("there is no `{}`", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("reading `{}`", path.display()))
    }
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("run.json")
}
