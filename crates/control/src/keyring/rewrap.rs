//! Wraps the keys by another master key.

use paifang_store::{KeyChange, MasterKey};
use serde_json::json;

use crate::change::Change;
use crate::control::Control;
use crate::error::Error;
use crate::noun::Noun;
use crate::permission::Permission;
use crate::resource::ResourcePath;

impl Control {
    /// Wraps all keys by another master key, without anybody's permission: for the operator at the machine itself. From
    /// now on the store opens with that one alone.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn rewrap_keyring(&self, master: MasterKey) -> Result<(), Error> {
        let permission = Permission::system("rewrap_keyring", ResourcePath::all(Noun::Keyring));
        let detail = json!({ "master_key": master.fingerprint() });
        let change = Change::new().keys(KeyChange::Rewrap(master)).detail(detail);
        permission.commit(self, change).await.map(|_| ())
    }
}
