//! The access key that management calls are signed with: from flags, the environment, or the first start.

use anyhow::{Result, bail};
use paifang_model::Secret;

use crate::serve::FirstCredentials;
use crate::settings::{Beside, environment};
use crate::sign::Credentials;

/// An access key, as far as it is named.
#[derive(clap::Args, Default)]
pub(crate) struct Keys {
    /// Access key [env: PAIFANG_ACCESS_KEY_ID] [default: the one made at the first start]
    #[arg(long, value_name = "ID")]
    access_key: Option<String>,
    /// Its secret [env: PAIFANG_ACCESS_KEY_SECRET]; better given by the environment
    #[arg(long, value_name = "SECRET")]
    access_secret: Option<String>,
}

impl Keys {
    /// The key and its secret.
    pub(crate) fn find(&self, beside: &Beside) -> Result<Credentials> {
        let key = self.access_key.clone().or_else(|| environment("PAIFANG_ACCESS_KEY_ID"));
        let secret = self.access_secret.clone().or_else(|| environment("PAIFANG_ACCESS_KEY_SECRET"));
        match (key, secret) {
            (Some(key), Some(secret)) => Ok(Credentials::Key { key, secret: Secret::new(secret) }),
            (Some(_), None) => {
                bail!("the access key has no secret: --access-secret or PAIFANG_ACCESS_KEY_SECRET")
            }
            (None, Some(_)) => bail!("the secret has no access key: --access-key or PAIFANG_ACCESS_KEY_ID"),
            (None, None) => made_at_first_start(beside),
        }
    }
}

fn made_at_first_start(beside: &Beside) -> Result<Credentials> {
    let data_dir = beside.data_dir()?;
    let made = FirstCredentials::read(&data_dir)?;
    match made.and_then(FirstCredentials::into_access_key) {
        Some((key, secret)) => Ok(Credentials::Key { key, secret }),
        None => bail!(
            "`{}` holds no access key from a first start: name one with --access-key and --access-secret, \
             or PAIFANG_ACCESS_KEY_ID and PAIFANG_ACCESS_KEY_SECRET",
            data_dir.display()
        ),
    }
}
