//! Finds a code by its text, for whoever names it that way.

use paifang_model::{AppCode, Kind, Secret};
use paifang_store::{Query, Stored};

use super::AppCodeInfo;
use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;

impl Context {
    /// The code with this text, whosever it is.
    ///
    /// # Errors
    /// When the caller may not, or there is no such code. The error does not repeat it.
    pub async fn find_app_code(&self, code: Secret) -> Result<Stored<AppCodeInfo>, Error> {
        let query = Query::of::<AppCode>().secret("code", code).limit(1);
        let found = self.documents().list::<AppCode>(&query).await?.items.into_iter().next();
        let Some(found) = found else {
            return Err(Error::NotFound { kind: Kind::AppCode, id: "…".to_owned() });
        };
        let Stored { value, revision, created_at, updated_at } = found?;
        self.may(Action::ListAppCodes, &crate::app::path(value.app).then_all(Noun::AppCode)).await?;
        Ok(Stored { value: AppCodeInfo::of(&value), revision, created_at, updated_at })
    }
}
