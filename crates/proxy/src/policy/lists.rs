//! Lists that say who may call an API: of addresses (spec: huawei/throttling-and-access.md §3, aliyun/plugins.md §3.2)
//! and of accounts. The sets are the policies' own, however many APIs these are bound to.

use std::net::IpAddr;
use std::sync::Arc;

use paifang_model::policy::huawei::Accounts;
use paifang_model::policy::{AccountList, AddressSet, Effect, Settings};

use super::LivePolicy;
use crate::snapshot::AppFacts;

/// The lists of a route.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// Those of addresses.
    pub(crate) addresses: Box<[AddressRule]>,
    /// Those of accounts.
    pub(crate) accounts: Box<[AccountRule]>,
}

/// A list of addresses.
#[derive(Debug)]
pub(crate) struct AddressRule {
    /// The policy that it is of.
    pub(crate) policy: Arc<str>,
    /// The element of `X-Forwarded-For` that is looked at; none: the client's own address.
    pub(crate) forwarded: Option<i16>,
    effect: Effect,
    everyone: AddressSet,
    /// Addresses that are listed for single apps, by number, sorted.
    of_apps: Box<[(u64, AddressSet)]>,
}

/// A list of accounts.
#[derive(Debug)]
pub(crate) struct AccountRule {
    /// The policy that it is of.
    pub(crate) policy: Arc<LivePolicy>,
    effect: Effect,
}

impl Lists {
    /// The lists that policies put at an API.
    pub(crate) fn of(policies: &[Arc<LivePolicy>]) -> Self {
        let (mut addresses, mut accounts) = (Vec::new(), Vec::new());
        for policy in policies {
            match &*policy.settings {
                Settings::AddressList(list) => {
                    let (effect, everyone) = (list.effect, list.addresses.clone());
                    addresses.push(AddressRule {
                        policy: Arc::clone(&policy.told),
                        forwarded: None,
                        effect,
                        everyone,
                        of_apps: Box::default(),
                    });
                }
                Settings::IpControl(control) => addresses.push(AddressRule {
                    policy: Arc::clone(&policy.told),
                    forwarded: control.forwarded,
                    effect: control.effect,
                    everyone: control.everyone.clone(),
                    of_apps: control.of_apps.clone().into(),
                }),
                Settings::AccountList(list) => {
                    accounts.push(AccountRule { policy: Arc::clone(policy), effect: list.effect });
                }
                Settings::Throttle(_)
                | Settings::TrafficControl(_)
                | Settings::Cors(_)
                | Settings::SignatureKey(_)
                | Settings::RateLimit(_) => {}
            }
        }
        Self { addresses: addresses.into(), accounts: that_count(accounts).into() }
    }
}

/// Of a list that lets in and one that keeps out, the first alone counts (spec: huawei/throttling-and-access.md §3).
fn that_count(mut rules: Vec<AccountRule>) -> Vec<AccountRule> {
    if rules.iter().any(|rule| rule.effect == Effect::Allow) {
        rules.retain(|rule| rule.effect == Effect::Allow);
    }
    rules
}

impl AddressRule {
    /// Whether an address is let in as far as that is known before it is known who calls.
    pub(crate) fn may_admit(&self, address: IpAddr) -> bool {
        let of_some_app = || self.of_apps.iter().any(|(_, addresses)| addresses.contains(address));
        match self.effect {
            Effect::Allow => self.everyone.contains(address) || of_some_app(),
            Effect::Deny => !self.everyone.contains(address),
        }
    }

    /// Whether it makes a difference who calls.
    pub(crate) fn tells_apps_apart(&self) -> bool {
        !self.of_apps.is_empty()
    }

    /// Whether an address is let in, of an app or of nobody.
    pub(crate) fn admits(&self, address: IpAddr, app: Option<u64>) -> bool {
        let of_app = app.and_then(|app| {
            let place = self.of_apps.binary_search_by_key(&app, |(number, _)| *number).ok()?;
            Some(self.of_apps[place].1.contains(address))
        });
        self.effect.admits(self.everyone.contains(address) || of_app.unwrap_or_default())
    }
}

impl AccountRule {
    /// Whether an app is let in. Nobody is on no list.
    pub(crate) fn admits(&self, app: Option<&AppFacts>) -> bool {
        let listed = |app: &AppFacts| {
            self.accounts()
                .is_some_and(|accounts| accounts.contain(app.account.id, app.account.name.as_deref()))
        };
        self.effect.admits(app.is_some_and(listed))
    }

    fn accounts(&self) -> Option<&Accounts> {
        match &*self.policy.settings {
            Settings::AccountList(AccountList { accounts, .. }) => Some(accounts),
            _ => None,
        }
    }
}
