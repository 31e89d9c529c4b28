//! Finds what a signed management call is verified with.

use paifang_model::{AccessKey, Secret};

use crate::control::Control;
use crate::error::Error;
use crate::principal::Principal;

impl Control {
    /// The secret of the access key with this public text, and the user it speaks for: none when there is no such
    /// key, or it or its user is disabled.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn access_key(&self, key: &str) -> Result<Option<(Secret, Principal)>, Error> {
        let Some(found) = self.documents().look::<AccessKey>(AccessKey::id_of(key)).await? else {
            return Ok(None);
        };
        let AccessKey { user, secret, enabled, .. } = found.value;
        if !enabled {
            return Ok(None);
        }
        Ok(self.principal(user).await?.map(|principal| (secret, principal)))
    }
}
