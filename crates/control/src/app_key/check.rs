//! Says whether an app key has a secret, without showing it.

use paifang_model::id::{AppId, AppKeyId};
use paifang_model::{AppKey, Secret};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Whether this is the secret of an app's key, compared in constant time. Whoever may ask may also see it, so
    /// that it was asked is not remembered.
    ///
    /// # Errors
    /// When the caller may not, or there is no such key of the app.
    pub async fn check_app_secret(&self, app: AppId, id: AppKeyId, secret: &Secret) -> Result<bool, Error> {
        self.may(Action::CheckAppSecret, &super::path(app, id)).await?;
        let key = self.documents().find_in::<AppKey>(app, id).await?.value;
        Ok(key.secret == *secret)
    }
}
