//! Deletes a black list.

use paifang_model::id::BlackListId;
use paifang_model::{BlackList, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a black list.
    ///
    /// # Errors
    /// When the caller may not, there is no such list, or someone else changed it.
    pub async fn delete_black_list(&self, id: BlackListId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteBlackList, &super::path(id)).await?;
        let list = self.documents().find::<BlackList>(id).await?.value;
        let key = Key::of::<BlackList>(id);
        let change = Change::new().delete(key, expected).detail(json!({ "name": list.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
