//! Changes what a user may do, or whether it may do anything.

use paifang_model::id::UserId;
use paifang_model::{Role, User};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use super::UserInfo;
use super::owners::is_in_charge;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::patch::set;

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct UserPatch {
    /// What it may do.
    pub role: Option<Role>,
    /// Whether it may sign in and sign calls.
    pub enabled: Option<bool>,
}

impl Context {
    /// Changes a user; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such user, it is the last enabled owner and would not be, or someone else
    /// changed it or the other owners.
    pub async fn update_user(
        &self,
        id: UserId,
        patch: UserPatch,
        expected: Option<u64>,
    ) -> Result<Stored<UserInfo>, Error> {
        let permission = self.authorize(Action::UpdateUser, &super::path(id)).await?;
        let old = self.documents().find::<User>(id).await?;
        let mut user = old.value.clone();
        set(&mut user.role, patch.role);
        set(&mut user.enabled, patch.enabled);
        let another_owner = match is_in_charge(&user) {
            true => None,
            false => self.another_owner(&old.value).await?,
        };
        let change = Change::new()
            .replace(&old, expected, &user)
            .expect(another_owner)
            .detail(json!({ "name": user.name, "role": user.role, "enabled": user.enabled }));
        let done = permission.commit(&self.control, change).await?;
        Ok(done.changed(old.created_at, UserInfo::of(&user)))
    }
}
