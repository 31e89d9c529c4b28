//! Gives an app a code.

use paifang_model::id::{AppCodeId, AppId};
use paifang_model::{App, AppCode, Kind, Secret};
use paifang_store::Stored;

use super::AppCodeInfo;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Gives an app a code: a drawn one of 32 hex digits, unless given.
    ///
    /// # Errors
    /// When the caller may not, there is no such app, rules are broken, the code is taken, or the app has as many as
    /// it may have.
    pub async fn create_app_code(
        &self,
        app: AppId,
        code: Option<Secret>,
    ) -> Result<Stored<AppCodeInfo>, Error> {
        let code = code.unwrap_or_else(Secret::random);
        let code = AppCode { id: AppCodeId::random(), app, code };
        let permission = self.authorize(Action::CreateAppCode, &super::path(app, code.id)).await?;
        self.documents().find::<App>(app).await?;
        code.check()?;
        // The value is a secret: the complaint does not repeat it.
        let change = Change::new()
            .create(&code)
            .cap(self.control.quota(Kind::AppCode, None, app.into()).await?)
            .given("code", "/code", "");
        Ok(permission.commit(&self.control, change).await?.made(AppCodeInfo::of(&code)))
    }
}
