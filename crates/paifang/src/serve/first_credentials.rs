//! What the first start made for its owner, in a file that only the operator can read.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use paifang_control::{Credentials, FirstOwner};
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
    /// Of what the owner has, what was not given.
    pub(super) fn made(credentials: Credentials, given: &FirstOwner) -> Option<Self> {
        let Credentials { user, password, access_key, access_key_secret, .. } = credentials;
        let mut made = Self { user, ..Self::default() };
        if given.password.is_none() {
            made.password = Some(password);
        }
        if given.access_key.is_none() {
            (made.access_key_id, made.access_key_secret) = (Some(access_key), Some(access_key_secret));
        }
        (given.password.is_none() || given.access_key.is_none()).then_some(made)
    }

    /// Writes the file and says where it is.
    pub(super) fn write(&self, data_dir: &Path) -> Result<PathBuf> {
        let path = path(data_dir);
        let heading = "# Made at the first start. Once you have them elsewhere, this file may go.\n";
        file::write(&path, &format!("{heading}{}", self.text()))?;
        Ok(path)
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

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("first-credentials")
}
