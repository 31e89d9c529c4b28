//! Takes a backend instance out of the inventory.

use paifang_model::id::BackendInstanceId;
use paifang_model::{BackendInstance, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Takes a backend instance out of the inventory.
    ///
    /// # Errors
    /// When the caller may not, there is no such backend instance, accesses or members of channels without an address of
    /// their own mean it ([`Error::InUse`] names them), or someone else changed it.
    pub async fn delete_backend_instance(
        &self,
        id: BackendInstanceId,
        expected: Option<u64>,
    ) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteBackendInstance, &super::path(id)).await?;
        let instance = self.documents().find::<BackendInstance>(id).await?.value;
        self.control.check_unused(&instance).await?;
        let change = Change::new()
            .delete(Key::of::<BackendInstance>(id), expected)
            .detail(json!({ "network": instance.network, "instance": instance.instance }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
