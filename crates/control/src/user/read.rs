//! Shows a user, without its password's hash.

use paifang_model::id::{AccountId, UserId};
use paifang_model::{Role, User};
use paifang_store::Stored;
use serde::Serialize;

use crate::action::Action;
use crate::control::{Context, Control};
use crate::error::Error;
use crate::principal::Principal;

/// A user as others see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserInfo {
    /// Its id.
    pub id: UserId,
    /// The account it belongs to.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Whether it may sign in and sign calls.
    pub enabled: bool,
    /// Whether it has a password.
    pub has_password: bool,
}

impl UserInfo {
    pub(super) fn of(user: &User) -> Self {
        let User { id, account, ref name, role, enabled, ref password_hash } = *user;
        Self { id, account, name: name.clone(), role, enabled, has_password: password_hash.is_some() }
    }

    pub(super) fn of_stored(user: &Stored<User>) -> Stored<Self> {
        let Stored { ref value, revision, created_at, updated_at } = *user;
        Stored { value: Self::of(value), revision, created_at, updated_at }
    }
}

impl Context {
    /// One user.
    ///
    /// # Errors
    /// When the caller may not, or there is no such user.
    pub async fn read_user(&self, id: UserId) -> Result<Stored<UserInfo>, Error> {
        self.may(Action::ReadUser, &super::path(id)).await?;
        Ok(UserInfo::of_stored(&self.documents().find(id).await?))
    }
}

impl Control {
    /// A user as a caller, as it is now: none when it is gone or disabled. A session asks this again at every request.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn principal(&self, id: UserId) -> Result<Option<Principal>, Error> {
        let user = self.documents().look::<User>(id).await?;
        Ok(user.filter(|user| user.value.enabled).map(|user| Principal::of(&user.value)))
    }
}
