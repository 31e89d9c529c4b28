//! Shows an app code, and remembers that it did.

use paifang_model::id::{AppCodeId, AppId};
use paifang_model::{AppCode, Secret};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// A code of an app.
    ///
    /// # Errors
    /// When the caller may not, there is no such code of the app, or that it was shown cannot be remembered.
    pub async fn reveal_app_code(&self, app: AppId, id: AppCodeId) -> Result<Secret, Error> {
        let permission = self.authorize(Action::RevealAppCode, &super::path(app, id)).await?;
        let code = self.documents().find_in::<AppCode>(app, id).await?.value;
        permission.note(&self.control).await?;
        Ok(code.code)
    }
}
