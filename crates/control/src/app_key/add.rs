//! Gives an app a further key.

use paifang_model::id::AppId;
use paifang_model::{App, AppKey, Secret};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use super::AppKeyInfo;
use crate::action::Action;
use crate::attempt::{TRIES, raced, settled};
use crate::change::{Change, Done};
use crate::control::Context;
use crate::error::Error;
use crate::random;

/// What a new key is to be.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AppKeyDraft {
    /// Its public text; absent: nine digits are drawn.
    pub key: Option<String>,
    /// Its secret; absent: 32 hex digits are drawn.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub secret: Option<Secret>,
}

impl AppKeyDraft {
    pub(crate) fn build(self, app: AppId) -> AppKey {
        let key = self.key.unwrap_or_else(|| random::number(9).to_string());
        let secret = self.secret.unwrap_or_else(Secret::random);
        AppKey { id: AppKey::id_of(&key), app, key, secret }
    }
}

/// A new key, or one with a new secret, and that secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAppKey {
    /// The key.
    pub info: Stored<AppKeyInfo>,
    /// Its secret.
    pub secret: Secret,
}

impl NewAppKey {
    pub(crate) fn made(done: Done, key: AppKey) -> Self {
        Self { info: done.made(AppKeyInfo::of(&key)), secret: key.secret }
    }
}

impl Context {
    /// Gives an app a further key.
    ///
    /// # Errors
    /// When the caller may not, there is no such app, rules are broken, or the key is taken.
    pub async fn add_app_key(&self, app: AppId, draft: &AppKeyDraft) -> Result<NewAppKey, Error> {
        // A key that is taken is drawn anew.
        settled(TRIES, raced, || self.try_to_add_app_key(app, draft)).await
    }

    async fn try_to_add_app_key(&self, app: AppId, draft: &AppKeyDraft) -> Result<NewAppKey, Error> {
        let key = draft.clone().build(app);
        let permission = self.authorize(Action::AddAppKey, &super::path(app, key.id)).await?;
        self.documents().find::<App>(app).await?;
        key.check()?;
        let change = Change::new().create(&key).detail(json!({ "key": key.key }));
        let done = permission.commit(&self.control, placed(change, draft.key.as_deref())).await?;
        Ok(NewAppKey::made(done, key))
    }
}

/// Where the public text came from, should it be taken.
pub(crate) fn placed(change: Change, key: Option<&str>) -> Change {
    match key {
        Some(key) => change.given("app_key", "/key", key).given("key", "/key", key),
        None => change.drawn("app_key").drawn("key"),
    }
}
