//! Shows a backend instance.

use paifang_model::BackendInstance;
use paifang_model::id::BackendInstanceId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One backend instance.
    ///
    /// # Errors
    /// When the caller may not, or there is no such backend instance.
    pub async fn read_backend_instance(
        &self,
        id: BackendInstanceId,
    ) -> Result<Stored<BackendInstance>, Error> {
        self.may(Action::ReadBackendInstance, &super::path(id)).await?;
        self.documents().find(id).await
    }
}
