//! Deletes a backend service that no API uses.

use paifang_model::id::BackendServiceId;
use paifang_model::{BackendService, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a backend service, its definitions with it.
    ///
    /// # Errors
    /// When the caller may not, there is no such backend service, a draft or a published API uses it, or someone else
    /// changed it.
    pub async fn delete_backend_service(
        &self,
        id: BackendServiceId,
        expected: Option<u64>,
    ) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteBackendService, &super::path(id)).await?;
        let service = self.documents().find::<BackendService>(id).await?.value;
        let key = Key::of::<BackendService>(id);
        let change = Change::new().delete(key, expected).detail(json!({ "name": service.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
