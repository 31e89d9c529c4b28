//! What is said of limits: to callers that are refused, in debug headers, and to whoever asks how calls are decided.

use paifang_model::policy::Period;

use super::who;
use crate::authenticate::Caller;
use crate::dialect::LimitFact;
use crate::exchange::{Exchange, now_ms};
use crate::find::Found;
use crate::policy::{Force, LimitRule, Wanted};
use crate::refusal::{LimitKind, Limited, Refusal};
use crate::shared::Shared;

/// What a caller is told of a limit that has no room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    what: LimitKind,
    limit: u32,
    period: Period,
    retry_after_s: Option<u32>,
    by_policy: bool,
}

impl Terms {
    pub(super) fn of(wanted: &Wanted<'_>) -> Self {
        let Wanted { rule, limit, .. } = *wanted;
        let LimitRule { what, period, retry_after_s, .. } = *rule;
        Self { what, limit, period, retry_after_s, by_policy: rule.policy.is_some() }
    }

    /// The refusal of a call for which there is no room for so many milliseconds.
    pub(super) fn refusal(self, found: &Found, reset_in_ms: i64) -> Refusal {
        let Self { what, limit, period, retry_after_s, by_policy } = self;
        let retry_after_s = retry_after_s.unwrap_or_else(|| seconds(reset_in_ms));
        let host = found.route.group.subdomain.to_string();
        Refusal::Limited(Limited { what, limit, period, retry_after_s, host, by_policy })
    }
}

/// What the limits have left, for debug headers.
pub(crate) fn facts(
    shared: &Shared,
    found: &Found,
    caller: Option<&Caller>,
    exchange: &Exchange,
) -> Vec<LimitFact> {
    let who = who(found, caller, exchange);
    let wanted = found.route.limits.iter().flatten().filter_map(|rule| rule.wanted(&who, None));
    let fact = |wanted: Wanted<'_>| LimitFact {
        what: wanted.rule.what,
        remain: left(shared, &wanted),
        limit: wanted.limit,
        period: wanted.rule.period,
    };
    wanted.map(fact).collect()
}

/// What each limit has left, in words.
pub(super) fn standings(shared: &Shared, wanted: &[Wanted<'_>]) -> String {
    let standing = |wanted: &Wanted<'_>| {
        let (rule, left) = (wanted.rule, left(shared, wanted));
        let told =
            format!("{left} of {} calls in {} left {}{}", wanted.limit, rule.period, rule.what, whose(rule));
        (told, left == 0 && rule.force == Force::Refuses)
    };
    let mut all: Vec<(String, bool)> = wanted.iter().map(standing).collect();
    if let Some((first, _)) = all.iter_mut().find(|(_, full)| *full) {
        first.push_str(", where a call would be refused");
    }
    all.into_iter().map(|(told, _)| told).collect::<Vec<_>>().join("; ")
}

/// The rule and the policy that a limit is of.
fn whose(rule: &LimitRule) -> String {
    let Some(policy) = &rule.policy else { return String::new() };
    let sort = if rule.what == LimitKind::AppQuota { "quota" } else { "policy" };
    match &rule.name {
        Some(name) => format!(" by the rule `{name}` of the {sort} {policy}"),
        None => format!(" by the {sort} {policy}"),
    }
}

/// How many calls a limit has left, here and, where others count along, for all.
fn left(shared: &Shared, wanted: &Wanted<'_>) -> u32 {
    let (claim, now_ms) = (wanted.shown(), now_ms());
    let here = shared.limits.peek(&claim, now_ms);
    shared.cluster.as_ref().and_then(|cluster| cluster.peek(&claim, now_ms)).map_or(here, |all| here.min(all))
}

fn seconds(millis: i64) -> u32 {
    u32::try_from(millis.saturating_add(999).div_euclid(1000)).unwrap_or(u32::MAX)
}
