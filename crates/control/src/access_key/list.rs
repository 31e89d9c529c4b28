//! Lists access keys, without their secrets.

use paifang_model::AccessKey;
use paifang_model::id::{AccessKeyId, UserId};
use paifang_store::{Page, Query, Stored};
use serde::Serialize;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;

/// An access key as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessKeyInfo {
    /// Its id.
    pub id: AccessKeyId,
    /// The user it speaks for.
    pub user: UserId,
    /// The public text that names it.
    pub key: String,
    /// Whether it is accepted.
    pub enabled: bool,
}

impl AccessKeyInfo {
    pub(super) fn of(key: &AccessKey) -> Self {
        Self { id: key.id, user: key.user, key: key.key.clone(), enabled: key.enabled }
    }
}

impl Context {
    /// The access keys of a user, by the time they were made.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_access_keys(
        &self,
        user: UserId,
        paging: &Paging,
    ) -> Result<Page<Stored<AccessKeyInfo>>, Error> {
        let path = crate::user::path(user).then_all(Noun::AccessKey);
        self.may(Action::ListAccessKeys, &path).await?;
        let query = paging.apply(Query::of::<AccessKey>().within(user));
        let page = self.documents().list::<AccessKey>(&query).await?;
        Ok(crate::paging::map(page, AccessKeyInfo::of))
    }
}
