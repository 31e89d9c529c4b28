//! Takes a call's place in the limits that count it: all of a slot, or none.

use smallvec::SmallVec;

use crate::authenticate::Caller;
use crate::dialect::LimitFact;
use crate::exchange::{Exchange, Source, now_ms};
use crate::find::Found;
use crate::limits::Claim;
use crate::policy::{Force, Slot, Wanted, Who};
use crate::refusal::{Limited, Refusal};
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
    let who = who(found, caller, exchange);
    let wanted: Few<Wanted<'_>> = rules.iter().filter_map(|rule| rule.wanted(&who)).collect();
    if matches!(exchange.source, Source::Debugger(_)) {
        exchange.note("limits", || format!("not counted: {}", standings(shared, &wanted)));
        return Ok(());
    }
    let claims: Few<Claim> = wanted.iter().map(Wanted::claim).collect();
    // Not the time of arrival: a slow upload must not count in a window that is long gone.
    match shared.limits.take(&claims, now_ms()) {
        Ok(_) => {
            exchange.note("limits", || standings(shared, &wanted));
            Ok(())
        }
        Err(refused) => {
            let Wanted { rule, limit, .. } = wanted[refused.index];
            exchange.note("limits", || standings(shared, &wanted));
            Err(Refusal::Limited(Limited {
                what: rule.what,
                limit,
                period: rule.period,
                retry_after_s: seconds(refused.reset_in_ms),
                host: found.route.group.subdomain.to_string(),
            }))
        }
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
    let wanted = found.route.limits.iter().flatten().filter_map(|rule| rule.wanted(&who));
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
        app: caller.map(|caller| caller.app.id),
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
