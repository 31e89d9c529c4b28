//! Deletes a group.

use paifang_model::id::GroupId;
use paifang_model::{Group, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a group, with its domains.
    ///
    /// # Errors
    /// When the caller may not, there is no such group, it still has APIs, or someone else changed it.
    pub async fn delete_group(&self, id: GroupId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteGroup, &super::path(id)).await?;
        let group = self.documents().find::<Group>(id).await?.value;
        let change =
            Change::new().delete(Key::of::<Group>(id), expected).detail(json!({ "name": group.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
