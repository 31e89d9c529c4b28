//! Deletes a user.

use paifang_model::id::UserId;
use paifang_model::{Key, User};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a user, with its access keys.
    ///
    /// # Errors
    /// When the caller may not, there is no such user, it is the last enabled owner, or someone else changed it.
    pub async fn delete_user(&self, id: UserId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteUser, &super::path(id)).await?;
        let user = self.documents().find::<User>(id).await?;
        let change = Change::new()
            .delete(Key::of::<User>(id), Some(expected.unwrap_or(user.revision)))
            .expect(self.another_owner(&user.value).await?)
            .detail(json!({ "name": user.value.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
