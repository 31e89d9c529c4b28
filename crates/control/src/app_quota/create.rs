//! Makes an app quota.

use paifang_model::AppQuota;
use paifang_model::id::{AccountId, AppQuotaId};
use paifang_model::policy::TimeUnit;
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What an app quota is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AppQuotaDraft {
    /// Its name, unique in the account.
    pub name: String,
    /// Calls of one app in a period: 1 to 2,147,483,647.
    pub calls: u32,
    /// Units in a period: 1 to 2,147,483,647.
    pub interval: u32,
    /// The unit.
    pub unit: TimeUnit,
    /// When a period begins, in milliseconds since 1970, a whole second; absent: with an app's first call.
    #[serde(default)]
    pub first_reset: Option<i64>,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

impl AppQuotaDraft {
    pub(super) fn build(self, id: AppQuotaId, account: AccountId) -> AppQuota {
        let Self { name, calls, interval, unit, first_reset, description } = self;
        AppQuota { id, account, name, calls, interval, unit, first_reset, description }
    }
}

impl Context {
    /// Makes an app quota, which counts nothing until apps have it.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, or the name is taken.
    pub async fn create_app_quota(&self, draft: AppQuotaDraft) -> Result<Stored<AppQuota>, Error> {
        let quota = draft.build(AppQuotaId::random(), self.principal.account);
        let permission = self.authorize(Action::CreateAppQuota, &super::path(quota.id)).await?;
        quota.check()?;
        let change = Change::new()
            .create(&quota)
            .given("name", "/name", &quota.name)
            .detail(json!({ "name": quota.name }));
        Ok(permission.commit(&self.control, change).await?.made(quota))
    }
}
