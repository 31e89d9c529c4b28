//! Access control: who may call an API, by address or by account (spec: huawei/throttling-and-access.md §3).
//!
//! The interface has one object with an entity type; an API has one of each type in an environment. Here each type is a
//! kind of its own, and `entity_type` is no setting.

use std::collections::HashSet;

use serde_json::Value;

use crate::id::AccountId;
use crate::limits::Limits;
use crate::name::shown;
use crate::policy::members::Members;
use crate::policy::{AddressRange, AddressSet, Effect};
use crate::violation::{Complaint, Rule, Violations};

/// The most characters of all account names together.
const NAMES_AT_MOST: usize = 1_024;

/// The most characters of an account's name.
const NAME_AT_MOST: usize = 64;

/// Entries that are complained about; a client that sends rubbish learns enough from these.
const COMPLAINTS_AT_MOST: usize = 20;

const EFFECTS: &[(&str, Effect)] = &[("PERMIT", Effect::Allow), ("DENY", Effect::Deny)];

/// A list of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressList {
    /// What becomes of calls from them.
    pub effect: Effect,
    /// The addresses.
    pub addresses: AddressSet,
    /// How many entries the list has.
    pub entries: usize,
}

/// A list of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountList {
    /// What becomes of calls of their apps.
    pub effect: Effect,
    /// The accounts.
    pub accounts: Accounts,
}

/// Accounts, as a list says them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accounts {
    /// By name.
    Names(HashSet<String>),
    /// By id. An account that is not there, or not any more, is nobody.
    Ids(HashSet<AccountId>),
}

impl AddressList {
    /// Reads settings: `acl_type` and, separated by commas, `acl_value`.
    ///
    /// # Errors
    /// All complaints.
    pub(in crate::policy) fn read(given: &Value) -> Result<Self, Violations> {
        let mut members = Members::of(given)?;
        let (effect, ranges) = list(&mut members, str::parse::<AddressRange>);
        let entries = ranges.len();
        members.finish().or(Self { effect, addresses: ranges.into_iter().collect(), entries })
    }

    /// The cloud takes so many entries in one list.
    pub(in crate::policy) fn check_within(&self, limits: &Limits) -> Result<(), Violations> {
        match limits.addresses_per_list {
            Some(most) if self.entries > most as usize => {
                let message = format!("{} are too many: {most} are allowed", self.entries);
                Err(Violations::one("/acl_value", Rule::Range, message))
            }
            _ => Ok(()),
        }
    }
}

impl AccountList {
    /// Reads settings whose `acl_value` has names.
    ///
    /// # Errors
    /// All complaints.
    pub(in crate::policy) fn read_names(given: &Value) -> Result<Self, Violations> {
        let mut members = Members::of(given)?;
        let (effect, names) = list(&mut members, name);
        let characters: usize = names.iter().map(String::len).sum::<usize>() + names.len().saturating_sub(1);
        if characters > NAMES_AT_MOST {
            let message = format!("{characters} characters are too many: {NAMES_AT_MOST} are allowed");
            members.complain("acl_value", Rule::Range, message);
        }
        members.finish().or(Self { effect, accounts: Accounts::Names(names.into_iter().collect()) })
    }

    /// Reads settings whose `acl_value` has ids.
    ///
    /// # Errors
    /// All complaints.
    pub(in crate::policy) fn read_ids(given: &Value) -> Result<Self, Violations> {
        let mut members = Members::of(given)?;
        let id = |text: &str| {
            text.parse::<AccountId>()
                .map_err(|error| Complaint::format(format!("`{}`: {error}", shown(text))))
        };
        let (effect, ids) = list(&mut members, id);
        members.finish().or(Self { effect, accounts: Accounts::Ids(ids.into_iter().collect()) })
    }
}

impl Accounts {
    /// Whether an account is among them. Whose name is not known is on no list of names.
    #[must_use]
    pub fn contain(&self, id: AccountId, name: Option<&str>) -> bool {
        match self {
            Self::Names(names) => name.is_some_and(|name| names.contains(name)),
            Self::Ids(ids) => ids.contains(&id),
        }
    }
}

/// The effect, and the entries that can be read.
fn list<T>(members: &mut Members<'_>, read: impl Fn(&str) -> Result<T, Complaint>) -> (Effect, Vec<T>) {
    members.demand("acl_type");
    members.demand("acl_value");
    let effect = members.word("acl_type", EFFECTS).unwrap_or(Effect::Allow);
    let Some(text) = members.text("acl_value") else { return (effect, Vec::new()) };
    let (mut all, mut complaints) = (Vec::new(), 0);
    for entry in text.split(',').map(str::trim) {
        match read(entry) {
            Ok(entry) => all.push(entry),
            Err(_) if complaints >= COMPLAINTS_AT_MOST => {}
            Err(complaint) => {
                complaints += 1;
                members.complain("acl_value", complaint.rule, complaint.message);
            }
        }
    }
    (effect, all)
}

/// 1 to 64 characters of ASCII, not digits alone; commas separate names.
fn name(text: &str) -> Result<String, Complaint> {
    let fits = (1..=NAME_AT_MOST).contains(&text.len())
        && text.chars().all(|character| character.is_ascii() && !character.is_ascii_control())
        && !text.chars().all(|character| character.is_ascii_digit());
    if fits {
        return Ok(text.to_owned());
    }
    let rule = format!("1 to {NAME_AT_MOST} characters of ASCII that are not all digits");
    Err(Complaint::format(format!("`{}` is not an account's name: {rule}", shown(text))))
}
