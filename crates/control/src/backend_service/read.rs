//! Shows a backend service.

use paifang_model::BackendService;
use paifang_model::id::BackendServiceId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One backend service, with its definitions.
    ///
    /// # Errors
    /// When the caller may not, or there is no such backend service.
    pub async fn read_backend_service(&self, id: BackendServiceId) -> Result<Stored<BackendService>, Error> {
        self.may(Action::ReadBackendService, &super::path(id)).await?;
        self.documents().find(id).await
    }
}
