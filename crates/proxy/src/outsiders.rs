//! Lists that are no single API's: those of the whole gateway, and the black lists of accounts. They are made ready when a
//! snapshot is built; a gateway without them has nothing to look at.

use std::net::IpAddr;
use std::sync::Arc;

use foldhash::HashMap;
use paifang_model::id::{AccountId, AppId};
use paifang_model::policy::{AddressSet, Effect};
use paifang_model::{AccessList, BlackList, BlackListEntries, IpVersion};

/// The access lists that are in force: one for each version of IP at most.
#[derive(Debug, Default)]
pub(crate) struct AccessRules {
    v4: Option<AccessRule>,
    v6: Option<AccessRule>,
}

/// An access list that is in force.
#[derive(Debug)]
pub(crate) struct AccessRule {
    /// Its name.
    pub(crate) name: Box<str>,
    effect: Effect,
    addresses: AddressSet,
}

impl AccessRules {
    /// Those of some lists; none: none of them is in force. A list without entries is not: who made it did not mean to lock
    /// everybody out.
    pub(crate) fn of<'l>(lists: impl Iterator<Item = &'l AccessList>) -> Option<Self> {
        let mut rules = Self::default();
        for list in lists.filter(|list| !list.entries.is_empty()) {
            let Some(effect) = list.enforced else { continue };
            let rule = AccessRule { name: list.name.as_str().into(), effect, addresses: list.set() };
            match list.ip_version {
                IpVersion::Ipv4 => rules.v4 = Some(rule),
                IpVersion::Ipv6 => rules.v6 = Some(rule),
            }
        }
        (rules.v4.is_some() || rules.v6.is_some()).then_some(rules)
    }

    /// The list that decides about an address.
    pub(crate) fn about(&self, address: IpAddr) -> Option<&AccessRule> {
        match IpVersion::of(address) {
            IpVersion::Ipv4 => self.v4.as_ref(),
            IpVersion::Ipv6 => self.v6.as_ref(),
        }
    }
}

impl AccessRule {
    /// Whether an address is let in.
    pub(crate) fn admits(&self, address: IpAddr) -> bool {
        self.effect.admits(self.addresses.contains(address))
    }
}

/// Who is kept out of the APIs of each account that has black lists.
#[derive(Debug)]
pub(crate) struct BlackLists(HashMap<AccountId, Blacked>);

/// Who is kept out of the APIs of an account, with the names of the lists that say so.
#[derive(Debug, Default)]
pub(crate) struct Blacked {
    addresses: Vec<(Arc<str>, AddressSet)>,
    apps: HashMap<AppId, Arc<str>>,
    users: HashMap<AccountId, Arc<str>>,
}

impl BlackLists {
    /// Those of some lists; none: there are none.
    pub(crate) fn of<'l>(lists: impl Iterator<Item = &'l BlackList>) -> Option<Self> {
        let mut accounts: HashMap<AccountId, Blacked> = HashMap::default();
        for list in lists {
            accounts.entry(list.account).or_default().add(list);
        }
        (!accounts.is_empty()).then_some(Self(accounts))
    }

    /// Who is kept out of the APIs of an account.
    pub(crate) fn of_account(&self, account: AccountId) -> Option<&Blacked> {
        self.0.get(&account)
    }
}

impl Blacked {
    fn add(&mut self, list: &BlackList) {
        let name: Arc<str> = list.name.as_str().into();
        match &list.entries {
            BlackListEntries::Address(_) => self.addresses.push((name, list.addresses())),
            BlackListEntries::App(apps) => self.apps.extend(apps.iter().map(|app| (*app, Arc::clone(&name)))),
            BlackListEntries::User(users) => {
                self.users.extend(users.iter().map(|user| (*user, Arc::clone(&name))));
            }
        }
    }

    /// The list that an address is on.
    pub(crate) fn address(&self, address: IpAddr) -> Option<&str> {
        let on = self.addresses.iter().find(|(_, addresses)| addresses.contains(address));
        on.map(|(name, _)| &**name)
    }

    /// The list that an app is on.
    pub(crate) fn app(&self, app: AppId) -> Option<&str> {
        self.apps.get(&app).map(|name| &**name)
    }

    /// The list that the account of an app is on.
    pub(crate) fn user(&self, user: AccountId) -> Option<&str> {
        self.users.get(&user).map(|name| &**name)
    }
}
