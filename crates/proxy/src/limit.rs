//! Takes a call's place in the limits that count it: all of a slot, or none.

use smallvec::SmallVec;

use crate::authenticate::Caller;
use crate::call::Call;
use crate::dialect::LimitFact;
use crate::exchange::{Exchange, Source, now_ms};
use crate::find::Found;
use crate::limits::{Claim, Refused};
use crate::policy::{Force, LimitRule, Seen, Slot, Wanted, Who};
use crate::refusal::{LimitKind, Limited, Refusal};
use crate::shared::Shared;

/// More limits than most routes have.
type Few<T> = SmallVec<[T; 6]>;

/// Takes a call's place in the limits of a slot. The debugger's calls are told what there is room for, and not counted.
///
/// # Errors
/// The first limit that has no room; the others get theirs back.
pub(crate) fn take(
    shared: &Shared,
    slot: Slot,
    found: &Found,
    caller: Option<&Caller>,
    exchange: &mut Exchange,
) -> Result<(), Refusal> {
    let rules = found.route.limits.at(slot);
    if rules.is_empty() {
        return Ok(());
    }
    let (result, told) = judge(shared, rules, found, caller, exchange, None);
    if let Some(told) = told {
        exchange.note("limits", || told);
    }
    result
}

/// The same when the parameters are known, for limits that go by what a call carries.
///
/// # Errors
/// As [`take`].
pub(crate) fn take_seen(call: &mut Call<'_>) -> Result<(), Refusal> {
    let rules = call.route.limits.at(Slot::AfterParameters);
    if rules.is_empty() {
        return Ok(());
    }
    let (result, told) = judge(call.shared, rules, call.found, call.caller, call.exchange(), Some(call));
    if let Some(told) = told {
        call.note("limits", || told);
    }
    result
}

/// The verdict, and, where somebody asks how calls are decided, what it was made of.
fn judge(
    shared: &Shared,
    rules: &[LimitRule],
    found: &Found,
    caller: Option<&Caller>,
    exchange: &Exchange,
    seen: Option<&dyn Seen>,
) -> (Result<(), Refusal>, Option<String>) {
    let who = who(found, caller, exchange);
    let mut wanted: Few<Wanted<'_>> = rules.iter().filter_map(|rule| rule.wanted(&who, seen)).collect();
    if wanted.iter().any(|wanted| wanted.rule.what == LimitKind::Rule) {
        wanted.retain(|wanted| wanted.rule.what != LimitKind::Otherwise);
    }
    let explains = exchange.explain.is_on();
    if matches!(exchange.source, Source::Debugger(_)) {
        let told = explains.then(|| format!("not counted: {}", standings(shared, &wanted)));
        return (Ok(()), told);
    }
    let claims: Few<Claim> = wanted.iter().map(Wanted::claim).collect();
    // Not the time of arrival: a slow upload must not count in a window that is long gone.
    let taken = shared.limits.take(&claims, now_ms());
    let told = explains.then(|| standings(shared, &wanted));
    let refusal = |refused: Refused| {
        let Wanted { rule, limit, .. } = wanted[refused.index];
        Refusal::Limited(Limited {
            what: rule.what,
            limit,
            period: rule.period,
            retry_after_s: rule.retry_after_s.unwrap_or_else(|| seconds(refused.reset_in_ms)),
            host: found.route.group.subdomain.to_string(),
            by_policy: rule.policy.is_some(),
        })
    };
    (taken.map(drop).map_err(refusal), told)
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
        remain: shared.limits.peek(&wanted.shown(), now_ms()),
        limit: wanted.limit,
        period: wanted.rule.period,
    };
    wanted.map(fact).collect()
}

fn who(found: &Found, caller: Option<&Caller>, exchange: &Exchange) -> Who {
    Who {
        address: exchange.client.address,
        user: caller.map(|caller| caller.app.account),
        user_number: caller.and_then(|caller| caller.app.account_number),
        app: caller.map(|caller| caller.app.id),
        app_number: caller.and_then(|caller| u64::try_from(caller.app.number).ok()),
        through_subdomain: found.through_subdomain,
    }
}

/// What each limit has left, in words.
fn standings(shared: &Shared, wanted: &[Wanted<'_>]) -> String {
    let standing = |wanted: &Wanted<'_>| {
        let (rule, left) = (wanted.rule, shared.limits.peek(&wanted.shown(), now_ms()));
        let policy = rule.policy.as_ref().map(|name| format!(" by the policy `{name}`")).unwrap_or_default();
        let told = format!("{left} of {} calls in {} left {}{policy}", wanted.limit, rule.period, rule.what);
        (told, left == 0 && rule.force == Force::Refuses)
    };
    let mut all: Vec<(String, bool)> = wanted.iter().map(standing).collect();
    if let Some((first, _)) = all.iter_mut().find(|(_, full)| *full) {
        first.push_str(", where a call would be refused");
    }
    all.into_iter().map(|(told, _)| told).collect::<Vec<_>>().join("; ")
}

fn seconds(millis: i64) -> u32 {
    u32::try_from(millis.saturating_add(999).div_euclid(1000)).unwrap_or(u32::MAX)
}
