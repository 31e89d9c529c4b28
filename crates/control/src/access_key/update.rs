//! Switches an access key on or off.

use paifang_model::AccessKey;
use paifang_model::id::AccessKeyId;
use paifang_store::Stored;
use serde_json::json;

use super::AccessKeyInfo;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Has an access key accepted again.
    ///
    /// # Errors
    /// When the caller may not, or there is no such key.
    pub async fn enable_access_key(&self, id: AccessKeyId) -> Result<Stored<AccessKeyInfo>, Error> {
        self.update_access_key(id, |key| key.enabled = true).await
    }

    /// Has an access key refused.
    ///
    /// # Errors
    /// When the caller may not, or there is no such key.
    pub async fn disable_access_key(&self, id: AccessKeyId) -> Result<Stored<AccessKeyInfo>, Error> {
        self.update_access_key(id, |key| key.enabled = false).await
    }

    async fn update_access_key(
        &self,
        id: AccessKeyId,
        edit: impl FnOnce(&mut AccessKey) + Send,
    ) -> Result<Stored<AccessKeyInfo>, Error> {
        let old = self.documents().find::<AccessKey>(id).await?;
        let permission = self.authorize(Action::UpdateAccessKey, &super::path_of(&old.value)).await?;
        let mut key = old.value.clone();
        edit(&mut key);
        let change =
            Change::new().replace(&old, None, &key).detail(json!({ "key": key.key, "enabled": key.enabled }));
        let done = permission.commit(&self.control, change).await?;
        Ok(done.changed(old.created_at, AccessKeyInfo::of(&key)))
    }
}
