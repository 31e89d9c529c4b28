//! Proves who somebody is, by name and password.

use std::net::IpAddr;

use paifang_model::{Secret, User};
use paifang_store::{Query, Stored};

use crate::action::Action;
use crate::control::Control;
use crate::error::Error;
use crate::permission::{Outcome, Permission};
use crate::principal::Principal;

/// No password is longer; more is not hashed.
const PASSWORD_BYTES_AT_MOST: usize = 1024;

impl Control {
    /// The caller with this name and password, who asks from an address where one is known. Attempts on users that exist
    /// are in the audit trail.
    ///
    /// # Errors
    /// When name or password is wrong, the user is disabled or has no password (all in one sentence), or there
    /// were too many wrong passwords.
    pub async fn sign_in(
        &self,
        name: &str,
        password: Secret,
        from: Option<IpAddr>,
    ) -> Result<Principal, Error> {
        if name.len() > 64 || password.expose().len() > PASSWORD_BYTES_AT_MOST {
            return Err(Error::WrongCredentials);
        }
        self.lockout().admit(name, from, self.now()).map_err(|again_in| Error::LockedOut { again_in })?;
        let user = self.user_called(name).await?;
        let hash = user.as_ref().filter(|user| user.value.enabled);
        let hash = hash.and_then(|user| user.value.password_hash.clone());
        let proved = self.matches(password, hash).await?;
        let Some(user) = user else { return Err(Error::WrongCredentials) };
        let principal = Principal::of(&user.value);
        let permission = Permission::granted(&principal, Action::SignIn, &super::path(principal.user));
        if !proved {
            permission.note_failed(self, Outcome::Failed).await?;
            return Err(Error::WrongCredentials);
        }
        permission.note(self).await?;
        self.lockout().forgive(name, from);
        Ok(principal)
    }

    async fn user_called(&self, name: &str) -> Result<Option<Stored<User>>, Error> {
        let query = Query::of::<User>().eq("name", name).limit(1);
        let found = self.documents().list::<User>(&query).await?.items.into_iter().next();
        Ok(found.transpose()?)
    }
}
