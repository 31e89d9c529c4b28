//! Lists an app's keys, without their secrets.

use paifang_model::AppKey;
use paifang_model::id::{AppId, AppKeyId};
use paifang_store::{Page, Query, Stored};
use serde::Serialize;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;

/// An app key as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppKeyInfo {
    /// Its id.
    pub id: AppKeyId,
    /// The app it speaks for.
    pub app: AppId,
    /// The public text that names it.
    pub key: String,
}

impl AppKeyInfo {
    pub(crate) fn of(key: &AppKey) -> Self {
        Self { id: key.id, app: key.app, key: key.key.clone() }
    }
}

impl Context {
    /// The keys of an app, by the time they were made.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_app_keys(
        &self,
        app: AppId,
        paging: &Paging,
    ) -> Result<Page<Stored<AppKeyInfo>>, Error> {
        self.may(Action::ListAppKeys, &crate::app::path(app).then_all(Noun::AppKey)).await?;
        let query = paging.apply(Query::of::<AppKey>().within(app));
        let page = self.documents().list::<AppKey>(&query).await?;
        Ok(crate::paging::map(page, AppKeyInfo::of))
    }
}
