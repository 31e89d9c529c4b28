//! Takes a call's place in the limits that count it: in all of them, or in none.
//!
//! A call meets limits in up to three slots. In each it takes its places in this process, and of those that this node has
//! of the cluster's. What the node has none of stays open until the last slot that may want some: there the cluster is
//! asked for all of it at once ([`Places`]).

mod places;
mod told;

use smallvec::SmallVec;

use crate::authenticate::Caller;
use crate::call::Call;
use crate::exchange::{Exchange, Source, now_ms};
use crate::find::Found;
use crate::limits::Claim;
use crate::policy::{LimitRule, Seen, Slot, Wanted, Who};
use crate::refusal::{LimitKind, Refusal};
use crate::shared::Shared;
use crate::snapshot::{Auth, Route};

pub(crate) use places::Places;
use told::Terms;
pub(crate) use told::facts;

/// More limits than most routes have.
type Few<T> = SmallVec<[T; 6]>;

/// Takes a call's place in the limits of a slot. The debugger's calls are told what there is room for, and not counted.
///
/// # Errors
/// The first limit that has no room; all others get theirs back, also those of the slots before.
pub(crate) async fn take(
    shared: &Shared,
    slot: Slot,
    found: &Found,
    caller: Option<&Caller>,
    exchange: &mut Exchange,
    places: &mut Places,
) -> Result<(), Refusal> {
    let rules = found.route.limits.at(slot);
    // The app's own comes before those of policies (spec: huawei/calling.md §2).
    let quota = caller.filter(|_| slot == Slot::AfterAuth).and_then(|caller| caller.app.quota.as_deref());
    if !rules.is_empty() || quota.is_some() {
        let asked = Asked { slot, found, caller, exchange, seen: None };
        let (judged, told) = judge(shared, quota.into_iter().chain(rules), &asked, places);
        if let Some(told) = told {
            exchange.note("limits", || told);
        }
        judged?;
    }
    if is_last(slot, &found.route) { places.ask(shared, found).await } else { Ok(()) }
}

/// The same when the parameters are known, for limits that go by what a call carries.
///
/// # Errors
/// As [`take`].
pub(crate) async fn take_seen(call: &mut Call<'_>, places: &mut Places) -> Result<(), Refusal> {
    let slot = Slot::AfterParameters;
    let (found, shared) = (call.found, call.shared);
    let rules = found.route.limits.at(slot);
    if rules.is_empty() {
        return Ok(());
    }
    let asked = Asked { slot, found, caller: call.caller, exchange: call.exchange(), seen: Some(call) };
    let (judged, told) = judge(shared, rules.iter(), &asked, places);
    if let Some(told) = told {
        call.note("limits", || told);
    }
    judged?;
    places.ask(shared, found).await
}

/// What limits go by.
struct Asked<'x> {
    slot: Slot,
    found: &'x Found,
    caller: Option<&'x Caller>,
    exchange: &'x Exchange,
    seen: Option<&'x dyn Seen>,
}

/// Whether no limit of a route comes after a slot.
fn is_last(slot: Slot, route: &Route) -> bool {
    let later = &route.limits;
    match slot {
        // An app may bring a quota of its own.
        Slot::BeforeAuth => {
            route.auth == Auth::None
                && later.at(Slot::AfterAuth).is_empty()
                && later.at(Slot::AfterParameters).is_empty()
        }
        Slot::AfterAuth => later.at(Slot::AfterParameters).is_empty(),
        Slot::AfterParameters => true,
    }
}

/// The verdict of what this node knows, and, where somebody asks how calls are decided, what it was made of.
fn judge<'r>(
    shared: &Shared,
    rules: impl Iterator<Item = &'r LimitRule>,
    asked: &Asked<'_>,
    places: &mut Places,
) -> (Result<(), Refusal>, Option<String>) {
    let Asked { slot, found, caller, exchange, seen } = *asked;
    let who = who(found, caller, exchange);
    let mut wanted: Few<Wanted<'r>> = rules.filter_map(|rule| rule.wanted(&who, seen)).collect();
    if wanted.iter().any(|wanted| wanted.rule.what == LimitKind::Rule) {
        wanted.retain(|wanted| wanted.rule.what != LimitKind::Otherwise);
    }
    let explains = exchange.explain.is_on();
    if matches!(exchange.source, Source::Debugger(_)) {
        let told = explains.then(|| format!("not counted: {}", told::standings(shared, &wanted)));
        return (Ok(()), told);
    }
    let claims: Few<Claim> = wanted.iter().map(Wanted::claim).collect();
    // Not the time of arrival: a slow upload must not count in a window that is long gone.
    let taken = shared.limits.take(&claims, now_ms());
    let told = explains.then(|| told::standings(shared, &wanted));
    let judged = match taken {
        Err(refused) => {
            places.give_back(shared);
            Err(Terms::of(&wanted[refused.index]).refusal(found, refused.reset_in_ms))
        }
        // Who counts alone, and comes to no further limit, needs to remember nothing.
        Ok(_) if shared.cluster.is_none() && is_last(slot, &found.route) => Ok(()),
        Ok(taken) => places.add(shared, found, &wanted, claims, taken),
    };
    (judged, told)
}

fn who(found: &Found, caller: Option<&Caller>, exchange: &Exchange) -> Who {
    Who {
        address: exchange.client.address,
        user: caller.map(|caller| caller.app.account.id),
        user_number: caller.and_then(|caller| caller.app.account.number),
        app: caller.map(|caller| caller.app.id),
        app_number: caller.and_then(|caller| u64::try_from(caller.app.number).ok()),
        through_subdomain: found.through_subdomain,
    }
}
