//! Takes a call's place in the limits that count it: all of a slot, or none.

use smallvec::SmallVec;

use crate::authenticate::Caller;
use crate::call::Call;
use crate::dialect::LimitFact;
use crate::exchange::{Exchange, Source, now_ms};
use crate::find::Found;
use crate::limits::{Claim, Cluster, Refused, Taken};
use crate::policy::{Force, LimitRule, Seen, Slot, Wanted, Who};
use crate::refusal::{LimitKind, Limited, Refusal};
use crate::shared::Shared;

/// More limits than most routes have.
type Few<T> = SmallVec<[T; 6]>;

/// Takes a call's place in the limits of a slot. The debugger's calls are told what there is room for, and not counted.
///
/// # Errors
/// The first limit that has no room; the others get theirs back.
pub(crate) async fn take(
    shared: &Shared,
    slot: Slot,
    found: &Found,
    caller: Option<&Caller>,
    exchange: &mut Exchange,
) -> Result<(), Refusal> {
    let rules = found.route.limits.at(slot);
    // The app's own comes before those of policies (spec: huawei/calling.md §2).
    let quota = caller.filter(|_| slot == Slot::AfterAuth).and_then(|caller| caller.app.quota.as_deref());
    if rules.is_empty() && quota.is_none() {
        return Ok(());
    }
    let rules = quota.into_iter().chain(rules);
    let (counted, told) = judge(shared, rules, found, caller, exchange, None);
    if let Some(told) = told {
        exchange.note("limits", || told);
    }
    counted.with_others(shared).await
}

/// The same when the parameters are known, for limits that go by what a call carries.
///
/// # Errors
/// As [`take`].
pub(crate) async fn take_seen(call: &mut Call<'_>) -> Result<(), Refusal> {
    let (route, shared) = (call.route, call.shared);
    let rules = route.limits.at(Slot::AfterParameters);
    if rules.is_empty() {
        return Ok(());
    }
    let (counted, told) = judge(shared, rules.iter(), call.found, call.caller, call.exchange(), Some(call));
    if let Some(told) = told {
        call.note("limits", || told);
    }
    counted.with_others(shared).await
}

/// What became of a call's claims in this process.
enum Counted<'r> {
    /// Nothing that would have to be given back: they were taken and nobody counts along, or the call is the debugger's.
    Not,
    /// They were taken.
    Here(Box<Places<'r>>),
    Refused(Refusal),
}

/// The places that a call has.
struct Places<'r> {
    wanted: Few<Wanted<'r>>,
    claims: Few<Claim>,
    taken: Taken,
    found: &'r Found,
}

impl Counted<'_> {
    /// Takes them from the cluster as well, where there is one.
    async fn with_others(self, shared: &Shared) -> Result<(), Refusal> {
        match self {
            Self::Not => Ok(()),
            Self::Refused(refusal) => Err(refusal),
            Self::Here(places) => match &shared.cluster {
                Some(cluster) => places.with_others(shared, cluster).await,
                None => Ok(()),
            },
        }
    }
}

impl Places<'_> {
    async fn with_others(&self, shared: &Shared, cluster: &Cluster) -> Result<(), Refusal> {
        // What only tells refuses nowhere.
        let refusing = |index: &usize| self.wanted[*index].rule.force == Force::Refuses;
        let indices: Few<usize> = (0..self.claims.len()).filter(refusing).collect();
        let claims: Few<Claim> = indices.iter().map(|index| self.claims[*index]).collect();
        let ends = cluster.take(&claims, now_ms()).await.map_err(|refused| {
            shared.limits.give_back(&self.claims, &self.taken, now_ms());
            refusal(self.found, &self.wanted, Refused { index: indices[refused.index], ..refused })
        })?;
        for (index, end_ms) in ends {
            shared.limits.end_at(&claims[index], end_ms, now_ms());
        }
        Ok(())
    }
}

/// The verdict of this process, and, where somebody asks how calls are decided, what it was made of.
fn judge<'r>(
    shared: &Shared,
    rules: impl Iterator<Item = &'r LimitRule>,
    found: &'r Found,
    caller: Option<&Caller>,
    exchange: &Exchange,
    seen: Option<&dyn Seen>,
) -> (Counted<'r>, Option<String>) {
    let who = who(found, caller, exchange);
    let mut wanted: Few<Wanted<'_>> = rules.filter_map(|rule| rule.wanted(&who, seen)).collect();
    if wanted.iter().any(|wanted| wanted.rule.what == LimitKind::Rule) {
        wanted.retain(|wanted| wanted.rule.what != LimitKind::Otherwise);
    }
    let explains = exchange.explain.is_on();
    if matches!(exchange.source, Source::Debugger(_)) {
        let told = explains.then(|| format!("not counted: {}", standings(shared, &wanted)));
        return (Counted::Not, told);
    }
    let claims: Few<Claim> = wanted.iter().map(Wanted::claim).collect();
    // Not the time of arrival: a slow upload must not count in a window that is long gone.
    let taken = shared.limits.take(&claims, now_ms());
    let told = explains.then(|| standings(shared, &wanted));
    let counted = match taken {
        Err(refused) => Counted::Refused(refusal(found, &wanted, refused)),
        // Who counts alone needs to remember nothing.
        Ok(_) if shared.cluster.is_none() => Counted::Not,
        Ok(taken) => Counted::Here(Box::new(Places { wanted, claims, taken, found })),
    };
    (counted, told)
}

fn refusal(found: &Found, wanted: &[Wanted<'_>], refused: Refused) -> Refusal {
    let Wanted { rule, limit, .. } = wanted[refused.index];
    Refusal::Limited(Limited {
        what: rule.what,
        limit,
        period: rule.period,
        retry_after_s: rule.retry_after_s.unwrap_or_else(|| seconds(refused.reset_in_ms)),
        host: found.route.group.subdomain.to_string(),
        by_policy: rule.policy.is_some(),
    })
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

/// How many calls a limit has left, here and, where others count along, for all.
fn left(shared: &Shared, wanted: &Wanted<'_>) -> u32 {
    let (claim, now_ms) = (wanted.shown(), now_ms());
    let here = shared.limits.peek(&claim, now_ms);
    shared.cluster.as_ref().and_then(|cluster| cluster.peek(&claim, now_ms)).map_or(here, |all| here.min(all))
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

/// What each limit has left, in words.
fn standings(shared: &Shared, wanted: &[Wanted<'_>]) -> String {
    let standing = |wanted: &Wanted<'_>| {
        let (rule, left) = (wanted.rule, left(shared, wanted));
        let sort = if rule.what == LimitKind::AppQuota { "quota" } else { "policy" };
        let policy = rule.policy.as_ref().map(|name| format!(" by the {sort} {name}")).unwrap_or_default();
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
