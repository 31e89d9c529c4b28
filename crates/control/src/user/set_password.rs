//! Gives a user another password.

use paifang_model::id::UserId;
use paifang_model::{Secret, User, Violations};
use paifang_store::Stored;
use serde_json::json;

use super::check_password;
use crate::action::Action;
use crate::change::Change;
use crate::control::{Context, Control};
use crate::error::Error;
use crate::permission::Permission;

impl Context {
    /// Gives a user another password; the old one is void at once, and a lock-out ends.
    ///
    /// # Errors
    /// When the caller may not, there is no such user, or the password breaks rules.
    pub async fn set_password(&self, id: UserId, password: Secret) -> Result<(), Error> {
        let permission = self.authorize(Action::SetPassword, &super::path(id)).await?;
        let user = self.documents().find::<User>(id).await?;
        self.control.replace_password(permission, user, password).await
    }
}

impl Control {
    /// Gives a user a password without anybody's permission: for the operator at the machine itself. Without one,
    /// a password is made. Returns the password.
    ///
    /// # Errors
    /// When there is no such user, the password breaks rules, or the store is away.
    pub async fn reset_password(&self, name: &str, password: Option<Secret>) -> Result<Secret, Error> {
        let user = self.documents().find_by::<User>("name", name.to_owned(), name).await?;
        let permission = Permission::system("reset_password", super::path(user.value.id));
        let password = password.unwrap_or_else(Secret::random);
        self.replace_password(permission, user, password.clone()).await?;
        Ok(password)
    }

    async fn replace_password(
        &self,
        permission: Permission,
        old: Stored<User>,
        password: Secret,
    ) -> Result<(), Error> {
        let mut violations = Violations::new();
        violations.at("/password", check_password(&password));
        violations.or(())?;
        let user = User { password_hash: Some(self.hash(password).await?), ..old.value.clone() };
        let change = Change::new().replace(&old, None, &user).detail(json!({ "name": user.name }));
        permission.commit(self, change).await?;
        self.lockout().forget(&user.name);
        Ok(())
    }
}
