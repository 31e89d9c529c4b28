//! Shows an app quota.

use paifang_model::AppQuota;
use paifang_model::id::AppQuotaId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One app quota.
    ///
    /// # Errors
    /// When the caller may not, or there is no such quota.
    pub async fn read_app_quota(&self, id: AppQuotaId) -> Result<Stored<AppQuota>, Error> {
        self.may(Action::ReadAppQuota, &super::path(id)).await?;
        self.documents().find(id).await
    }
}
