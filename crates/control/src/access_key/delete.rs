//! Deletes an access key.

use paifang_model::id::AccessKeyId;
use paifang_model::{AccessKey, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes an access key; calls signed with it are refused from now on.
    ///
    /// # Errors
    /// When the caller may not, or there is no such key.
    pub async fn delete_access_key(&self, id: AccessKeyId) -> Result<(), Error> {
        let key = self.documents().find::<AccessKey>(id).await?.value;
        let permission = self.authorize(Action::DeleteAccessKey, &super::path_of(&key)).await?;
        let change = Change::new().delete(Key::of::<AccessKey>(id), None).detail(json!({ "key": key.key }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
