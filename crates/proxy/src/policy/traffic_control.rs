//! Traffic control: the limits that a plug-in puts on an API (spec: aliyun/plugins.md §3.1).
//!
//! Limits per user, app and API count each API in each stage alone. Rules and the default count so too, or all APIs
//! that the plug-in is attached to together; the default takes the calls that no rule counted.

use std::sync::Arc;

use paifang_model::id::{ApiId, StageId};
use paifang_model::policy::TrafficControl;
use paifang_model::policy::alibaba::{Algorithm, PerCaller, Scope, SpecialNumber};

use super::LivePolicy;
use super::rule::{ByValues, LimitRule, Specials};
use crate::limits::Key;
use crate::refusal::LimitKind;

/// The limits of a plug-in at an API in a stage.
pub(super) fn rules(
    policy: &LivePolicy,
    control: &TrafficControl,
    api: ApiId,
    stage: StageId,
) -> Vec<LimitRule> {
    let at = Key::of(&[b"traffic", policy.id.0.as_bytes(), api.0.as_bytes(), stage.0.as_bytes()]);
    let counted = match control.scope {
        Scope::Api => at,
        Scope::Plugin => Key::of(&[b"traffic", policy.id.0.as_bytes()]),
    };
    let mut rules =
        control.per_caller.as_ref().map(|limits| per_caller(policy, limits, at)).unwrap_or_default();
    let variables = Arc::new(control.variables.clone());
    rules.extend(control.rules.iter().map(|rule| {
        let by = ByValues {
            variables: Arc::clone(&variables),
            by: rule.by.clone().into(),
            condition: rule.condition.clone(),
        };
        let counted = counted.then(b"rule").then(rule.name.as_bytes());
        let limit = LimitRule::of_policy(policy, LimitKind::Rule, Some(rule.limit), rule.period, counted);
        LimitRule { by: Some(Arc::new(by)), name: Some(rule.name.as_str().into()), ..limit }
    }));
    rules.extend(control.default.map(|default| {
        let counted = counted.then(b"default");
        let limit =
            LimitRule::of_policy(policy, LimitKind::Otherwise, Some(default.limit), default.period, counted);
        LimitRule { retry_after_s: default.retry_after_s, ..limit }
    }));
    rules
}

/// An app with a number of its own has it in place of what every app and every user has, and so has a user: neither default
/// is "applicable to the special apps or users". The API's holds for all.
fn per_caller(policy: &LivePolicy, limits: &PerCaller, at: Key) -> Vec<LimitRule> {
    let (apps, users) = (&*limits.special_apps, &*limits.special_users);
    let kinds = [
        (LimitKind::App, limits.app, numbers(apps, users), &b"app"[..]),
        (LimitKind::User, limits.user, numbers(users, apps), b"user"),
        (LimitKind::Api, Some(limits.api), Specials::none(), b"api"),
    ];
    let rule = |(what, limit, specials, word): (_, _, _, &[u8])| {
        let rule = LimitRule::of_policy(policy, what, limit, limits.period, at.then(word));
        let window = match limits.algorithm {
            Algorithm::Bucket => rule.window.smooth(),
            Algorithm::Window => rule.window,
        };
        LimitRule { specials, window, ..rule }
    };
    let rules = kinds.into_iter().map(rule);
    rules.filter(|rule| rule.limit.is_some() || !rule.specials.is_nobody()).collect()
}

fn numbers(own: &[SpecialNumber], others: &[SpecialNumber]) -> Specials {
    let mut own: Vec<(u64, u32)> = own.iter().map(|special| (special.number, special.limit)).collect();
    let mut others: Vec<u64> = others.iter().map(|special| special.number).collect();
    own.sort_unstable();
    others.sort_unstable();
    Specials::Numbers { own: own.into(), others: others.into() }
}
