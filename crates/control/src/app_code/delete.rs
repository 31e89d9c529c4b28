//! Deletes an app code.

use paifang_model::id::{AppCodeId, AppId};
use paifang_model::{AppCode, Key};

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a code of an app; calls that show it are refused from now on.
    ///
    /// # Errors
    /// When the caller may not, or there is no such code of the app.
    pub async fn delete_app_code(&self, app: AppId, id: AppCodeId) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteAppCode, &super::path(app, id)).await?;
        self.documents().find_in::<AppCode>(app, id).await?;
        let change = Change::new().delete(Key::of::<AppCode>(id), None);
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
