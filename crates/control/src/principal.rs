//! Who manages, and what that role may do.

use paifang_model::id::{AccountId, UserId};
use paifang_model::{Role, User};

use crate::action::{Access, Action};

/// A user who proved who it is, as it was at that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The user.
    pub user: UserId,
    /// Its name, as audit lines show it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The account it belongs to, and what it makes belongs to.
    pub account: AccountId,
}

impl Principal {
    pub(crate) fn of(user: &User) -> Self {
        Self { user: user.id, name: user.name.clone(), role: user.role, account: user.account }
    }
}

/// Whether a role may do something: the whole role matrix.
#[must_use]
pub const fn may(role: Role, action: Action) -> bool {
    match (role, action.access()) {
        (Role::Owner, _) | (Role::ReadOnly, Access::Read) => true,
        (Role::ReadOnly, Access::Secret | Access::Write) => false,
    }
}
