//! Gives an app key another secret.

use paifang_model::id::{AppId, AppKeyId};
use paifang_model::{AppKey, Secret};
use serde_json::json;

use super::{AppKeyInfo, NewAppKey};
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Gives an app's key another secret, a drawn one unless given. The old one is void at once.
    ///
    /// # Errors
    /// When the caller may not, there is no such key of the app, or the secret breaks rules.
    pub async fn reset_app_secret(
        &self,
        app: AppId,
        id: AppKeyId,
        secret: Option<Secret>,
    ) -> Result<NewAppKey, Error> {
        let permission = self.authorize(Action::ResetAppSecret, &super::path(app, id)).await?;
        let old = self.documents().find_in::<AppKey>(app, id).await?;
        let key = AppKey { secret: secret.unwrap_or_else(Secret::random), ..old.value.clone() };
        key.check()?;
        let change = Change::new().replace(&old, None, &key).detail(json!({ "key": key.key }));
        let done = permission.commit(&self.control, change).await?;
        let info = done.changed(old.created_at, AppKeyInfo::of(&key));
        Ok(NewAppKey { info, secret: key.secret })
    }
}
