//! Accounts, their users, and the keys with which users sign management calls.

use serde::{Deserialize, Serialize};

use crate::id::{AccessKeyId, AccountId, Id, UserId};
use crate::kind::Kind;
use crate::record::{Fields, Links, Record};
use crate::secret::{Secret, at_rest};

/// Whose gateway resources are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its number: sixteen digits, as one cloud names accounts.
    pub number: u64,
    /// Its name, unique.
    pub name: String,
}

impl Record for Account {
    const KIND: Kind = Kind::Account;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name).unique("number", self.number);
    }
}

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    Owner,
    /// Looking at everything that is not a secret.
    ReadOnly,
}

/// A person or program that manages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The account it belongs to.
    pub account: AccountId,
    /// Its name, unique.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Whether it may sign in and sign calls.
    pub enabled: bool,
    /// The argon2id hash of its password, in PHC form; none: it cannot sign in.
    #[serde(default, with = "at_rest::option")]
    pub password_hash: Option<Secret>,
}

impl Record for User {
    const KIND: Kind = Kind::User;
    const SECRETS: &'static [&'static str] = &["/password_hash"];

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.account.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name);
    }

    fn links(&self, links: &mut Links) {
        links.refuse::<Account>("account", self.account);
    }
}

/// A user's key for signed management calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessKey {
    /// Its id; see [`AccessKey::id_of`].
    pub id: AccessKeyId,
    /// The user it speaks for.
    pub user: UserId,
    /// The public text that names it.
    pub key: String,
    /// The secret.
    #[serde(with = "at_rest")]
    pub secret: Secret,
    /// Whether it is accepted.
    pub enabled: bool,
}

impl AccessKey {
    /// The id of the access key with this public text.
    #[must_use]
    pub fn id_of(key: &str) -> AccessKeyId {
        AccessKeyId(Id::derived("access_key", &[key.as_bytes()]))
    }
}

impl Record for AccessKey {
    const KIND: Kind = Kind::AccessKey;
    const SECRETS: &'static [&'static str] = &["/secret"];

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.user.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("key", &self.key);
    }

    fn links(&self, links: &mut Links) {
        links.drop::<User>("user", self.user);
    }
}
