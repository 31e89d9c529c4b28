//! Makes a user.

use paifang_model::id::UserId;
use paifang_model::violation::Complaint;
use paifang_model::{Role, Secret, User, Violations};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use super::{USER_NAME, UserInfo, check_password};
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::permission::SYSTEM;

/// What a new user is to be.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UserDraft {
    /// Its name, unique.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Its password: 8 to 128 characters; absent: it cannot sign in, only sign calls.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub password: Option<Secret>,
}

impl Context {
    /// Makes a user in the caller's account.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, or the name is taken.
    pub async fn create_user(&self, draft: UserDraft) -> Result<Stored<UserInfo>, Error> {
        let id = UserId::random();
        let permission = self.authorize(Action::CreateUser, &super::path(id)).await?;
        check(&draft)?;
        let password_hash = match draft.password {
            Some(password) => Some(self.control.hash(password).await?),
            None => None,
        };
        let (account, name, role) = (self.principal.account, draft.name, draft.role);
        let user = User { id, account, name, role, enabled: true, password_hash };
        let change = Change::new()
            .create(&user)
            .given("name", "/name", &user.name)
            .detail(json!({ "name": user.name, "role": user.role }));
        Ok(permission.commit(&self.control, change).await?.made(UserInfo::of(&user)))
    }
}

fn check(draft: &UserDraft) -> Result<(), Violations> {
    let mut violations = Violations::new();
    violations.at("/name", USER_NAME.check(&draft.name));
    if draft.name == SYSTEM {
        let reserved = format!("`{SYSTEM}` is how the gateway calls itself in the audit trail");
        violations.at::<()>("/name", Err(Complaint::format(reserved)));
    }
    if let Some(password) = &draft.password {
        violations.at("/password", check_password(password));
    }
    violations.or(())
}
