//! Deletes a backend access.

use paifang_model::id::BackendAccessId;
use paifang_model::{BackendAccess, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a backend access.
    ///
    /// # Errors
    /// When the caller may not, there is no such backend access, APIs use it, or someone else changed it.
    pub async fn delete_backend_access(
        &self,
        id: BackendAccessId,
        expected: Option<u64>,
    ) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteBackendAccess, &super::path(id)).await?;
        let access = self.documents().find::<BackendAccess>(id).await?.value;
        let key = Key::of::<BackendAccess>(id);
        let change = Change::new().delete(key, expected).detail(json!({ "name": access.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
