//! A limit as a route holds it: which calls it counts together, how many it takes, and who has a number of its own.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use paifang_model::dialect::SystemValue;
use paifang_model::id::{AccountId, AppId, Id};
use paifang_model::policy::Period;
use paifang_model::policy::alibaba::condition::Values;
use paifang_model::policy::alibaba::{Condition, Place, Variables};

use super::LivePolicy;
use super::seen::{Named, Seen};
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
    /// The period, as callers are told it.
    pub(crate) period: Period,
    /// How it is counted.
    pub(crate) window: Window,
    /// What is counted together, as far as it is known before a call comes.
    pub(crate) counted: Key,
    /// Users or apps with numbers of their own.
    pub(crate) specials: Specials,
    /// The name that it has in its policy, where a policy has several.
    pub(crate) name: Option<Arc<str>>,
    /// What of the call counts apart, and which calls are counted; none: see `what`.
    pub(crate) by: Option<Arc<ByValues>>,
    /// Seconds that callers are told to wait; none: until there is room.
    pub(crate) retry_after_s: Option<u32>,
    /// The policy that it is of; none: every group or API has it.
    pub(crate) policy: Option<Arc<str>>,
    /// What it is for.
    pub(crate) force: Force,
}

/// Callers with numbers of their own, sorted.
#[derive(Debug, Clone)]
pub(crate) enum Specials {
    /// By id.
    Ids(Box<[(Id, u32)]>),
    /// By number.
    Numbers {
        /// Apps in a limit per app, users in one per user.
        own: Box<[(u64, u32)]>,
        /// Callers of the other sort, sorted: what everybody else has does not hold for them.
        others: Box<[u64]>,
    },
}

/// What of a call counts apart.
#[derive(Debug)]
pub(crate) struct ByValues {
    /// What is named.
    pub(crate) variables: Arc<Variables>,
    /// The variables that count apart, by their places.
    pub(crate) by: Box<[usize]>,
    /// Which calls are counted; none: all.
    pub(crate) condition: Option<Condition>,
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
    /// That account's number.
    pub(crate) user_number: Option<u64>,
    /// The calling app.
    pub(crate) app: Option<AppId>,
    /// Its number.
    pub(crate) app_number: Option<u64>,
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
    /// A limit that refuses, in fixed windows, and has no callers with numbers of their own.
    pub(crate) fn new(what: LimitKind, limit: Option<u32>, period: Period, counted: Key) -> Self {
        Self {
            what,
            limit,
            period,
            window: Window::seconds(u32::try_from(period.seconds()).unwrap_or(u32::MAX)),
            counted,
            specials: Specials::none(),
            name: None,
            by: None,
            retry_after_s: None,
            policy: None,
            force: Force::Refuses,
        }
    }

    /// The same of a policy.
    pub(crate) fn of_policy(
        policy: &LivePolicy,
        what: LimitKind,
        limit: Option<u32>,
        period: Period,
        counted: Key,
    ) -> Self {
        Self { policy: Some(Arc::clone(&policy.told)), ..Self::new(what, limit, period, counted) }
    }

    /// Whether it has to see the form that a call sends.
    pub(crate) fn looks_at_form(&self) -> bool {
        self.by.as_ref().is_some_and(|by| by.looks_at_form())
    }

    /// The place that a call wants; none when the limit does not count it. What goes by values counts only where they
    /// can be seen.
    pub(crate) fn wanted(&self, who: &Who, seen: Option<&dyn Seen>) -> Option<Wanted<'_>> {
        let (key, limit) = match self.what {
            LimitKind::Subdomain if !who.through_subdomain => return None,
            LimitKind::Subdomain | LimitKind::Group | LimitKind::AllStages | LimitKind::Api => {
                (self.counted, self.limit?)
            }
            LimitKind::AppQuota => (self.counted.then(who.app?.0.as_bytes()), self.limit?),
            LimitKind::Address => (self.counted.then(&counted_together(who.address)), self.limit?),
            LimitKind::User => self.of(who.user?.0, who.user_number, who.app_number)?,
            LimitKind::App => self.of(who.app?.0, who.app_number, who.user_number)?,
            LimitKind::Rule => (self.by.as_ref()?.key(self.counted, seen?)?, self.limit?),
            LimitKind::Otherwise => {
                seen?;
                (self.counted, self.limit?)
            }
        };
        Some(Wanted { rule: self, limit, key })
    }

    /// A caller's own number, or else everybody's, unless it is not for them.
    fn of(&self, caller: Id, number: Option<u64>, other: Option<u64>) -> Option<(Key, u32)> {
        let everybodys = || self.limit.filter(|_| !self.specials.spare(other));
        let limit = self.specials.limit(caller, number).or_else(everybodys)?;
        Some((self.counted.then(caller.as_bytes()), limit))
    }
}

impl Specials {
    /// Nobody.
    pub(crate) fn none() -> Self {
        Self::Ids(Box::default())
    }

    /// Whether nobody has a number.
    pub(crate) fn is_nobody(&self) -> bool {
        match self {
            Self::Ids(all) => all.is_empty(),
            Self::Numbers { own, .. } => own.is_empty(),
        }
    }

    fn limit(&self, id: Id, number: Option<u64>) -> Option<u32> {
        match self {
            Self::Ids(all) => Some(all[all.binary_search_by_key(&id, |(id, _)| *id).ok()?].1),
            Self::Numbers { own, .. } => {
                let number = number?;
                Some(own[own.binary_search_by_key(&number, |(number, _)| *number).ok()?].1)
            }
        }
    }

    /// Whether everybody's number is not for a caller, because of the caller of the other sort that it is with.
    fn spare(&self, other: Option<u64>) -> bool {
        match self {
            Self::Ids(_) => false,
            Self::Numbers { others, .. } => other.is_some_and(|other| others.binary_search(&other).is_ok()),
        }
    }
}

impl ByValues {
    /// What counts together with a call; none when the call is not counted.
    fn key(&self, counted: Key, seen: &dyn Seen) -> Option<Key> {
        let values = Named { variables: &self.variables, seen };
        if self.condition.as_ref().is_some_and(|condition| !condition.holds(&values)) {
            return None;
        }
        self.by.iter().try_fold(counted, |key, place| {
            let value = values.value(*place)?;
            Some(key.then(self.counted_as(*place, value).as_bytes()))
        })
    }

    /// Whether it has to see the form that a call sends.
    fn looks_at_form(&self) -> bool {
        self.variables.as_slice().iter().any(|variable| matches!(variable.place, Place::Form(_)))
    }

    /// What a value counts as. One client has many addresses of IPv6, and would have as many counters.
    fn counted_as<'v>(&self, variable: usize, value: Cow<'v, str>) -> Cow<'v, str> {
        let place = self.variables.as_slice().get(variable).map(|variable| &variable.place);
        match place {
            Some(Place::System(SystemValue::ClientAddress) | Place::ForwardedFor(_)) => network(value),
            _ => value,
        }
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
        Claim { key: self.key, limit: self.limit, window: self.rule.window }
    }
}

/// What counts as one address: an address of IPv4, or a network of IPv6 of 64 bits, all of which one client may have
/// (RFC 6177).
fn counted_together(address: IpAddr) -> [u8; 16] {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
        IpAddr::V6(v6) => network_of(v6).octets(),
    }
}

/// The same of an address that is a text. What is none counts as it is.
fn network(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V6(v6)) => network_of(v6).to_string().into(),
        Ok(IpAddr::V4(_)) | Err(_) => text,
    }
}

fn network_of(address: Ipv6Addr) -> Ipv6Addr {
    Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))
}
