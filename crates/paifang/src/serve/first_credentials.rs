//! What the first start made for its owner, in a file that only the operator can read.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use paifang_control::FirstOwner;
use paifang_model::Secret;
use serde::Deserialize;

use super::file;

/// What the file says: only what was made, not what the environment gave.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FirstCredentials {
    user: String,
    password: Option<Secret>,
    access_key_id: Option<String>,
    access_key_secret: Option<Secret>,
}

impl FirstCredentials {
    /// Of what the owner gets, what was not given.
    pub(super) fn made(owner: &FirstOwner, given: &FirstOwner) -> Option<Self> {
        let mut made = Self { user: FirstOwner::NAME.to_owned(), ..Self::default() };
        if given.password.is_none() {
            made.password.clone_from(&owner.password);
        }
        if given.access_key.is_none() {
            (made.access_key_id, made.access_key_secret) = owner.access_key.clone().unzip();
        }
        (made.password.is_some() || made.access_key_id.is_some()).then_some(made)
    }

    /// Takes the file away.
    pub(super) fn remove(data_dir: &Path) -> Result<()> {
        file::remove(&path(data_dir))
    }

    /// Writes the file.
    pub(super) fn write(&self, data_dir: &Path) -> Result<()> {
        let heading = "# Made at the first start. Once you have them elsewhere, this file may go.\n";
        file::write(&path(data_dir), &format!("{heading}{}", self.text()))
    }

    /// Reads the file; none when it is not there.
    pub(crate) fn read(data_dir: &Path) -> Result<Option<Self>> {
        let path = path(data_dir);
        let Some(text) = file::read(&path)? else { return Ok(None) };
        toml::from_str(&text).map(Some).with_context(|| format!("reading `{}`", path.display()))
    }

    /// Takes a user's password, which is void, out of the file.
    pub(crate) fn forget_password(data_dir: &Path, user: &str) -> Result<()> {
        let Some(mut made) = Self::read(data_dir)? else { return Ok(()) };
        if made.user == user && made.password.take().is_some() {
            made.write(data_dir)?;
        }
        Ok(())
    }

    /// The access key, when one was made.
    pub(crate) fn into_access_key(self) -> Option<(String, Secret)> {
        Some((self.access_key_id?, self.access_key_secret?))
    }

    /// Its lines, with the secrets.
    pub(super) fn text(&self) -> String {
        let lines = [
            ("user", Some(self.user.as_str())),
            ("password", self.password.as_ref().map(Secret::expose)),
            ("access_key_id", self.access_key_id.as_deref()),
            ("access_key_secret", self.access_key_secret.as_ref().map(Secret::expose)),
        ];
        // All of them are drawn letters and digits, or the fixed name: nothing needs escaping.
        let line = |(name, value): (&str, Option<&str>)| value.map(|value| format!("{name} = \"{value}\"\n"));
        lines.into_iter().filter_map(line).collect()
    }
}

/// Where the file is.
pub(super) fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("first-credentials")
}
