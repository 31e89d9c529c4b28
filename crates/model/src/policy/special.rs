//! Callers that have a number of their own in a limit.

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::app::App;
use crate::id::{AccountId, AppId, Id};
use crate::record::Key;

/// Who has a number of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", content = "id", rename_all = "snake_case")]
pub enum SpecialObject {
    /// An app.
    App(AppId),
    /// A user: the account that the calling app belongs to.
    User(AccountId),
}

impl SpecialObject {
    /// Where it is in the store.
    #[must_use]
    pub fn key(self) -> Key {
        match self {
            Self::App(app) => Key::of::<App>(app),
            Self::User(account) => Key::of::<Account>(account),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(self) -> Id {
        self.key().id
    }
}

/// A caller with a number of its own, which takes the place of the number for all others of its sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Special {
    /// Who.
    pub object: SpecialObject,
    /// Calls allowed in the policy's period.
    pub limit: u32,
    /// Since when, in milliseconds since 1970, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_at: Option<i64>,
}
