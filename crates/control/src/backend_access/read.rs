//! Shows a backend access.

use paifang_model::BackendAccess;
use paifang_model::id::BackendAccessId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One backend access.
    ///
    /// # Errors
    /// When the caller may not, or there is no such backend access.
    pub async fn read_backend_access(&self, id: BackendAccessId) -> Result<Stored<BackendAccess>, Error> {
        self.may(Action::ReadBackendAccess, &super::path(id)).await?;
        self.documents().find(id).await
    }
}
