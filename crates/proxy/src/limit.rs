//! Takes a call's place in the limits that count it: all of them, or none.

use paifang_model::dialect::Dialect;
use smallvec::SmallVec;

use crate::dialect::LimitFact;
use crate::exchange::{Exchange, Source, now_ms};
use crate::find::Found;
use crate::limits::{Claim, Key, Window};
use crate::refusal::{LimitKind, Limited, Refusal};
use crate::shared::Shared;
use crate::snapshot::LimitRule;

/// Takes a call's place.
///
/// # Errors
/// The first limit that has no room; the others get theirs back.
pub(crate) fn take(shared: &Shared, found: &Found, exchange: &mut Exchange) -> Result<(), Refusal> {
    let rules = &found.route.limits;
    if rules.is_empty() || matches!(exchange.source, Source::Debugger(_)) {
        return Ok(());
    }
    let rules: SmallVec<[&LimitRule; 4]> = rules.iter().filter(|rule| applies(rule, found)).collect();
    let claims: SmallVec<[Claim; 4]> = rules.iter().map(|rule| claim(rule, found, exchange)).collect();
    // Not the time of arrival: a slow upload must not count in a window that is long gone.
    match shared.limits.take(&claims, now_ms()) {
        Ok(_) => {
            exchange.note("limits", || format!("{} limits had room", rules.len()));
            Ok(())
        }
        Err(refused) => {
            let rule = rules[refused.index];
            Err(Refusal::Limited(Limited {
                what: rule.what,
                limit: rule.limit,
                window_s: rule.window_s,
                retry_after_s: seconds(refused.reset_in_ms),
                host: found.route.group.subdomain.to_string(),
            }))
        }
    }
}

/// What the limits have left, for debug headers.
pub(crate) fn facts(shared: &Shared, found: &Found, exchange: &Exchange) -> Vec<LimitFact> {
    let rules = found.route.limits.iter().filter(|rule| applies(rule, found));
    let fact = |rule: &LimitRule| {
        let left = shared.limits.peek(&claim(rule, found, exchange), now_ms());
        LimitFact { what: rule.what, remain: left, limit: rule.limit, window_s: rule.window_s }
    };
    rules.map(fact).collect()
}

fn applies(rule: &LimitRule, found: &Found) -> bool {
    rule.what != LimitKind::Subdomain || found.through_subdomain
}

fn claim(rule: &LimitRule, found: &Found, exchange: &Exchange) -> Claim {
    let route = &found.route;
    let key = match rule.what {
        LimitKind::Subdomain => Key::of(&[b"subdomain", route.group.id.0.as_bytes()]),
        LimitKind::Group => Key::of(&[b"group", route.group.id.0.as_bytes()]),
        LimitKind::Api => Key::of(&[b"api", route.api.0.as_bytes()]),
        LimitKind::Address => {
            let address = match exchange.client.address {
                std::net::IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
                std::net::IpAddr::V6(v6) => v6.octets(),
            };
            Key::of(&[b"address", route.api.0.as_bytes(), &address])
        }
    };
    Claim { key, limit: rule.limit, window: Window::seconds(rule.window_s) }
}

fn seconds(millis: i64) -> u32 {
    u32::try_from(millis.saturating_add(999).div_euclid(1000)).unwrap_or(u32::MAX)
}

/// Whether a dialect counts before it asks who calls (spec: aliyun/errors.md §4, huawei/calling.md §2).
pub(crate) const fn counts_before_authentication(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Alibaba)
}
