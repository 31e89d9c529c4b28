//! Makes an app, with its first key.

use paifang_model::id::{AppId, AppQuotaId, Id};
use paifang_model::{App, AppAccess, BoundQuota, Kind, Secret, Violations};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::app_key::{AppKeyDraft, NewAppKey};
use crate::attempt::{TRIES, raced, settled};
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::random;

/// What a new app is to be.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AppDraft {
    /// Its name, unique in the account.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// From where it calls; absent: from anywhere.
    #[serde(default)]
    pub access: Option<AppAccess>,
    /// Whether its calls are refused from the start.
    #[serde(default)]
    pub frozen: bool,
    /// The quota that it has from the start; absent: none.
    #[serde(default)]
    pub quota: Option<AppQuotaId>,
    /// Its key's public text; absent: nine digits are drawn.
    #[serde(default)]
    pub key: Option<String>,
    /// Its key's secret; absent: 32 hex digits are drawn.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub secret: Option<Secret>,
}

/// A new app, with its key and the key's secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApp {
    /// The app.
    pub app: Stored<App>,
    /// Its key.
    pub key: NewAppKey,
}

impl Context {
    /// Makes an app in the caller's account, with a key.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, the name or the key is taken, or the quota is used up.
    pub async fn create_app(&self, draft: &AppDraft) -> Result<NewApp, Error> {
        // A number that is taken is drawn anew.
        settled(TRIES, raced, || self.try_to_create_app(draft)).await
    }

    async fn try_to_create_app(&self, draft: &AppDraft) -> Result<NewApp, Error> {
        let app = App {
            id: AppId::random(),
            number: i64::try_from(random::number(9)).unwrap_or(i64::MAX),
            account: self.principal.account,
            name: draft.name.clone(),
            description: draft.description.clone(),
            access: draft.access.clone(),
            frozen: draft.frozen,
            quota: draft.quota.map(|id| BoundQuota { id, since: self.control.now() }),
        };
        let permission = self.authorize(Action::CreateApp, &super::path(app.id)).await?;
        let key = AppKeyDraft { key: draft.key.clone(), secret: draft.secret.clone() }.build(app.id);
        let mut violations = Violations::new();
        violations.nest("", app.check().err().unwrap_or_default());
        violations.nest("", key.check().err().unwrap_or_default());
        violations.or(())?;
        let change = Change::new()
            .create(&app)
            .create(&key)
            .cap(self.control.quota(Kind::App, None, Id::ROOT).await?)
            .drawn("number")
            .detail(json!({ "name": app.name, "key": key.key }));
        let change = super::placed(change, &app);
        let change = crate::app_key::placed(change, draft.key.as_deref());
        let done = permission.commit(&self.control, change).await?;
        Ok(NewApp { app: done.made(app), key: NewAppKey::made(done, key) })
    }
}
