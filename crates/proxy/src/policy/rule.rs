//! A limit as a route holds it: which calls it counts together, how many it takes, and who has a number of its own.

use std::net::IpAddr;
use std::sync::Arc;

use paifang_model::id::{AccountId, AppId, Id};
use paifang_model::policy::Period;

use crate::limits::{Claim, Key, Window};
use crate::refusal::LimitKind;

/// A limit that counts a route's calls.
///
/// The counter is found by what is counted and the length of the window, not by the number: a number that is changed
/// holds for the calls that were counted already, and a period that is changed starts a counter of its own.
#[derive(Debug, Clone)]
pub(crate) struct LimitRule {
    /// What it counts.
    pub(crate) what: LimitKind,
    /// Calls allowed in a period; none: only those callers are counted that have a number of their own.
    pub(crate) limit: Option<u32>,
    /// The period.
    pub(crate) period: Period,
    /// What is counted together, as far as it is known before a call comes.
    pub(crate) counted: Key,
    /// Users or apps with numbers of their own, sorted by id.
    pub(crate) specials: Box<[(Id, u32)]>,
    /// The policy that it is of; none: every group or API has it.
    pub(crate) policy: Option<Arc<str>>,
    /// What it is for.
    pub(crate) force: Force,
}

/// What a limit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Force {
    /// Refuses calls that there is no room for.
    Refuses,
    /// Is told to whoever asks, and refuses nothing.
    Tells,
}

/// Who calls, as far as limits tell callers apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Who {
    /// The client's address.
    pub(crate) address: IpAddr,
    /// The account that the calling app belongs to.
    pub(crate) user: Option<AccountId>,
    /// The calling app.
    pub(crate) app: Option<AppId>,
    /// Whether the group was called by the host that it has from the start.
    pub(crate) through_subdomain: bool,
}

/// The place that a call wants in a limit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'r> {
    /// The limit.
    pub(crate) rule: &'r LimitRule,
    /// Calls allowed to this caller.
    pub(crate) limit: u32,
    key: Key,
}

impl LimitRule {
    /// The place that a call wants; none when the limit does not count it.
    pub(crate) fn wanted(&self, who: &Who) -> Option<Wanted<'_>> {
        let (key, limit) = match self.what {
            LimitKind::Subdomain if !who.through_subdomain => return None,
            LimitKind::Subdomain | LimitKind::Group | LimitKind::AllStages | LimitKind::Api => {
                (self.counted, self.limit?)
            }
            LimitKind::Address => (self.counted.then(&octets(who.address)), self.limit?),
            LimitKind::User => self.of(who.user?.0)?,
            LimitKind::App => self.of(who.app?.0)?,
        };
        Some(Wanted { rule: self, limit, key })
    }

    fn of(&self, caller: Id) -> Option<(Key, u32)> {
        let special = self.specials.binary_search_by_key(&caller, |(id, _)| *id);
        let limit = special.map_or(self.limit, |index| Some(self.specials[index].1))?;
        Some((self.counted.then(caller.as_bytes()), limit))
    }
}

impl Wanted<'_> {
    /// What is counted, with the number that refuses.
    pub(crate) fn claim(&self) -> Claim {
        match self.rule.force {
            Force::Refuses => self.shown(),
            Force::Tells => Claim { limit: u32::MAX, ..self.shown() },
        }
    }

    /// What is counted, with the number that callers are told.
    pub(crate) fn shown(&self) -> Claim {
        let seconds = u32::try_from(self.rule.period.seconds()).unwrap_or(u32::MAX);
        Claim { key: self.key, limit: self.limit, window: Window::seconds(seconds) }
    }
}

const fn octets(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
        IpAddr::V6(v6) => v6.octets(),
    }
}
