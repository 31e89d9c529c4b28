//! App quotas: a limit of the calling app's, whichever API it calls (spec: huawei/throttling-and-access.md §2). One rule is
//! shared by all apps that have the quota; each of them is counted alone.

use std::sync::Arc;

use paifang_model::AppQuota;
use paifang_model::id::AppQuotaId;
use paifang_model::policy::Period;

use super::rule::LimitRule;
use crate::limits::Key;
use crate::refusal::LimitKind;

/// What a quota is for each app that has it. Calls counted before still count when an app gets the same quota back.
pub(crate) fn rule(quota: &AppQuota) -> LimitRule {
    let rule = of(quota.id, quota.calls, quota.period());
    let window = match quota.first_reset {
        Some(at_ms) => rule.window.beginning_at(at_ms.div_euclid(1_000)),
        None => rule.window.from_first_call(),
    };
    LimitRule { window, policy: Some(format!("`{}`", quota.name).into()), ..rule }
}

/// What a quota is that is not there, or cannot be read: an app must not be served as if it had none.
pub(crate) fn missing(id: AppQuotaId) -> LimitRule {
    let name: Arc<str> = format!("`{id}`, which cannot be read").into();
    LimitRule { policy: Some(name), ..of(id, 0, Period::DAY) }
}

fn of(id: AppQuotaId, calls: u32, period: Period) -> LimitRule {
    LimitRule::new(LimitKind::AppQuota, Some(calls), period, Key::of(&[b"app_quota", id.0.as_bytes()]))
}
