//! Changes an app.

use paifang_model::id::{AppId, AppQuotaId};
use paifang_model::{App, AppAccess};
use paifang_store::Stored;
use serde::Deserialize;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;
use crate::patch::{nullable, set};

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AppPatch {
    /// Its name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// From where it calls; null: from anywhere.
    #[serde(deserialize_with = "nullable")]
    pub access: Option<Option<AppAccess>>,
    /// Whether its calls are refused.
    pub frozen: Option<bool>,
    /// The quota that it has; null: none.
    #[serde(deserialize_with = "nullable")]
    pub quota: Option<Option<AppQuotaId>>,
}

impl Context {
    /// Changes an app; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such app, rules are broken, the name is taken, or someone else changed it.
    pub async fn update_app(
        &self,
        id: AppId,
        patch: AppPatch,
        expected: Option<u64>,
    ) -> Result<Stored<App>, Error> {
        let permission = self.authorize(Action::UpdateApp, &super::path(id)).await?;
        let old = self.documents().find::<App>(id).await?;
        let mut app = old.value.clone();
        set(&mut app.name, patch.name);
        set(&mut app.description, patch.description);
        set(&mut app.access, patch.access);
        set(&mut app.frozen, patch.frozen);
        let now = self.control.now();
        set(&mut app.quota, patch.quota.map(|quota| quota.map(|id| old.value.bound_to(id, now))));
        app.check()?;
        let change = Change::new().replace(&old, expected, &app).detail(changed(&old.value, &app));
        let change = super::placed(change, &app);
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, app))
    }
}
