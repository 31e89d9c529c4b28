//! Black lists: who is kept out of all APIs of an account (source: the RAM table of CloudAPI 2016-07-14, which names their
//! operations).

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::id::{AccountId, AppId, BlackListId, Id};
use crate::kind::Kind;
use crate::name::{Characters, NameRule, check_length};
use crate::policy::{AddressRange, AddressSet};
use crate::record::{Fields, Links, Record};
use crate::violation::{Rule, Violations};

/// What a black list may be called.
pub const BLACK_LIST_NAME: NameRule = NameRule {
    min: 3,
    max: 64,
    first: Characters::LETTERS.or_chinese(),
    rest: Characters::ALPHANUMERIC.or_chinese().or("_-"),
};

/// The most entries of a black list.
pub const BLACK_LIST_ENTRIES_AT_MOST: usize = 1_000;

/// Who is kept out of all APIs of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BlackList {
    /// Its id.
    pub id: BlackListId,
    /// Whose APIs it is for.
    pub account: AccountId,
    /// Its name, unique in the account.
    pub name: String,
    /// Who is on it.
    pub entries: BlackListEntries,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

/// Who is on a black list: 1 to 1,000 of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BlackListEntries {
    /// Addresses, networks (`192.0.2.0/24`) and ranges (`192.0.2.5-192.0.2.9`), before it is asked who calls.
    Address(Vec<String>),
    /// Apps.
    App(Vec<AppId>),
    /// The accounts that apps belong to.
    User(Vec<AccountId>),
}

impl BlackListEntries {
    /// The name of their kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Address(_) => "address",
            Self::App(_) => "app",
            Self::User(_) => "user",
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Address(addresses) => addresses.len(),
            Self::App(apps) => apps.len(),
            Self::User(users) => users.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl BlackList {
    /// The addresses on it; entries that cannot be read are not among them.
    #[must_use]
    pub fn addresses(&self) -> AddressSet {
        let BlackListEntries::Address(entries) = &self.entries else { return AddressSet::default() };
        entries.iter().filter_map(|entry| entry.parse::<AddressRange>().ok()).collect()
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/name", BLACK_LIST_NAME.check(&self.name));
        violations.at("/description", check_length(&self.description, 0, 255));
        let (entries, pointer) = (self.entries.len(), format!("/entries/{}", self.entries.kind()));
        if entries == 0 || entries > BLACK_LIST_ENTRIES_AT_MOST {
            let message =
                format!("it has {entries} entries, but 1 to {BLACK_LIST_ENTRIES_AT_MOST} are allowed");
            violations.add(&pointer, Rule::Range, message);
        }
        if let BlackListEntries::Address(addresses) = &self.entries {
            for (index, entry) in addresses.iter().take(BLACK_LIST_ENTRIES_AT_MOST).enumerate() {
                violations.at(&format!("{pointer}/{index}"), entry.parse::<AddressRange>());
            }
        }
        violations.or(())
    }
}

impl Record for BlackList {
    const KIND: Kind = Kind::BlackList;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.account.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique_in_scope("name", &self.name).lookup("kind", self.entries.kind());
    }

    fn links(&self, links: &mut Links) {
        links.refuse::<Account>("account", self.account);
    }
}
