//! Deletes an app quota.

use paifang_model::id::AppQuotaId;
use paifang_model::{AppQuota, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes an app quota that no app has.
    ///
    /// # Errors
    /// When the caller may not, there is no such quota, apps have it, or someone else changed it.
    pub async fn delete_app_quota(&self, id: AppQuotaId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteAppQuota, &super::path(id)).await?;
        let quota = self.documents().find::<AppQuota>(id).await?.value;
        let key = Key::of::<AppQuota>(id);
        let change = Change::new().delete(key, expected).detail(json!({ "name": quota.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
