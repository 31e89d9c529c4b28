//! Lists an app's codes, masked.

use paifang_model::AppCode;
use paifang_model::id::{AppCodeId, AppId};
use paifang_store::{Page, Query, Stored};
use serde::Serialize;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;

/// Characters of a code that are shown.
const SHOWN: usize = 3;

/// An app code as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppCodeInfo {
    /// Its id.
    pub id: AppCodeId,
    /// The app it speaks for.
    pub app: AppId,
    /// The first three characters, and `…` for the rest.
    pub masked: String,
}

impl AppCodeInfo {
    pub(super) fn of(code: &AppCode) -> Self {
        let beginning: String = code.code.expose().chars().take(SHOWN).collect();
        Self { id: code.id, app: code.app, masked: format!("{beginning}…") }
    }
}

impl Context {
    /// The codes of an app, by the time they were made.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_app_codes(
        &self,
        app: AppId,
        paging: &Paging,
    ) -> Result<Page<Stored<AppCodeInfo>>, Error> {
        self.may(Action::ListAppCodes, &crate::app::path(app).then_all(Noun::AppCode)).await?;
        let query = paging.apply(Query::of::<AppCode>().within(app));
        let page = self.documents().list::<AppCode>(&query).await?;
        Ok(crate::paging::map(page, AppCodeInfo::of))
    }
}
