//! Replaces an app quota.

use paifang_model::AppQuota;
use paifang_model::id::AppQuotaId;
use paifang_store::Stored;

use super::AppQuotaDraft;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;

impl Context {
    /// Replaces an app quota; with `expected`, only as it was at that revision. Another number of calls holds for those
    /// counted so far; another period counts anew.
    ///
    /// # Errors
    /// When the caller may not, there is no such quota, rules are broken, the name is taken, or someone else changed it.
    pub async fn update_app_quota(
        &self,
        id: AppQuotaId,
        draft: AppQuotaDraft,
        expected: Option<u64>,
    ) -> Result<Stored<AppQuota>, Error> {
        let permission = self.authorize(Action::UpdateAppQuota, &super::path(id)).await?;
        let old = self.documents().find::<AppQuota>(id).await?;
        let quota = draft.build(id, old.value.account);
        quota.check()?;
        let change = Change::new()
            .replace(&old, expected, &quota)
            .given("name", "/name", &quota.name)
            .detail(changed(&old.value, &quota));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, quota))
    }
}
