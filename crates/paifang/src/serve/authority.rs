//! The certificate authority: made, kept and renewed, and its certificate put where this machine's commands find it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use paifang_control::Control;

use super::file;

/// Does what is to be done; cheap when that is nothing.
pub(super) async fn keep(control: &Control, data_dir: &Path) -> Result<()> {
    control.keep_authority().await.context("keeping the certificate authority")?;
    let certificate = control.authority_certificate().await.context("reading the certificate authority")?;
    let path = path(data_dir);
    if file::read(&path)?.as_deref() != Some(certificate.as_str()) {
        file::write(&path, &certificate)?;
    }
    Ok(())
}

/// Where the authority's certificate is.
pub(crate) fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("ca.pem")
}

#[cfg(test)]
mod tests;
