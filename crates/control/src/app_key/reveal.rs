//! Shows the secret of an app key, and remembers that it did.

use paifang_model::id::{AppId, AppKeyId};
use paifang_model::{AppKey, Secret};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// The secret of an app's key.
    ///
    /// # Errors
    /// When the caller may not, there is no such key of the app, or that it was shown cannot be remembered.
    pub async fn reveal_app_key(&self, app: AppId, id: AppKeyId) -> Result<Secret, Error> {
        let permission = self.authorize(Action::RevealAppKey, &super::path(app, id)).await?;
        let key = self.documents().find_in::<AppKey>(app, id).await?.value;
        permission.note(&self.control).await?;
        Ok(key.secret)
    }
}
