//! Keeps somebody in charge: before an owner goes, another enabled one must be there and stay as it is.

use paifang_model::{Key, Role, User};
use paifang_store::{Expectation, Query};

use crate::control::Context;
use crate::error::{Error, Refusal};

impl Context {
    /// What must hold for this user to stop being an enabled owner: of two owners who remove each other at the same
    /// moment, the second finds that the other one has changed.
    pub(super) async fn another_owner(&self, leaving: &User) -> Result<Option<Expectation>, Error> {
        if !is_in_charge(leaving) {
            return Ok(None);
        }
        let users = self.documents().all::<User>(Query::of::<User>()).await?;
        let mut others = users.iter().filter(|user| user.value.id != leaving.id && is_in_charge(&user.value));
        let other = others.next().ok_or(Refusal::LastOwner)?;
        Ok(Some(Expectation::Revision(Key::of::<User>(other.value.id), other.revision)))
    }
}

pub(super) fn is_in_charge(user: &User) -> bool {
    user.enabled && user.role == Role::Owner
}
