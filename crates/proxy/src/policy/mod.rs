//! Policies as calls meet them: what a binding adds to a route, compiled when a table is built.
//!
//! A route holds, slot by slot, the steps that its policies and its group's rates put there, and nothing for what it
//! does not have. All that counts calls becomes [`LimitRule`]s of one list per slot, so that a call takes all limits
//! of a slot or none.

pub(crate) mod app_quota;
mod cors;
mod lists;
mod rate_limit;
mod rates;
mod rule;
mod seen;
mod signer;
mod slot;
#[cfg(test)]
mod tests;
mod throttle;
mod traffic_control;

use std::sync::Arc;

use paifang_model::Secret;
use paifang_model::id::{ApiId, PolicyId, StageId};
use paifang_model::policy::Settings;

pub(crate) use cors::Pages;
pub(crate) use lists::{AddressRule, Lists};
pub(crate) use rule::{Force, LimitRule, Wanted, Who};
pub(crate) use seen::Seen;
pub(crate) use signer::{Signed, Signer};
pub(crate) use slot::{Slot, Slots};

use crate::dialect;
use crate::snapshot::GroupFacts;

/// A policy whose settings were understood.
#[derive(Debug)]
pub(crate) struct LivePolicy {
    /// Its id.
    pub(crate) id: PolicyId,
    /// How explanations name it: quoted, and whether a call has it by its API's group.
    pub(crate) told: Arc<str>,
    /// Its settings.
    pub(crate) settings: Arc<Settings>,
    /// Its secret, where the kind has one.
    pub(crate) secret: Option<Secret>,
}

impl LivePolicy {
    /// The same as an API has it by its group.
    pub(crate) fn of_group(&self) -> Self {
        let Self { id, told, settings, secret } = self;
        let told = format!("{told} of its group").into();
        Self { id: *id, told, settings: Arc::clone(settings), secret: secret.clone() }
    }

    /// The same where another policy is void because of it.
    fn in_place_of(&self, void: &Self) -> Self {
        let Self { id, told, settings, secret } = self;
        let told = format!("{told}, in place of {}", void.told).into();
        Self { id: *id, told, settings: Arc::clone(settings), secret: secret.clone() }
    }
}

/// The limits of a route, in the order in which they are looked at: the group's own, those of policies, and those
/// that every API has.
pub(crate) fn limits(
    group: &GroupFacts,
    api: ApiId,
    stage: StageId,
    policies: &[Arc<LivePolicy>],
) -> Slots<Box<[LimitRule]>> {
    let mut rules: Slots<Vec<LimitRule>> = Slots::default();
    let rates = dialect::rates_slot(group.dialect);
    rules.at_mut(rates).extend(rates::of_group(group));
    let mut throttled = false;
    let void = void(policies);
    for policy in policies {
        match &*policy.settings {
            Settings::Throttle(_) if void.is_some() => {}
            Settings::Throttle(throttle) => {
                throttled = true;
                rules
                    .at_mut(dialect::throttle_slot(group.dialect))
                    .extend(throttle::rules(policy, throttle, api, stage));
            }
            Settings::RateLimit(limit) => {
                throttled = true;
                let telling = void.map(|void| policy.in_place_of(void));
                let policy: &LivePolicy = telling.as_ref().unwrap_or(policy);
                rules.at_mut(dialect::throttle_slot(group.dialect)).extend(throttle::rules(
                    policy,
                    &limit.throttle,
                    api,
                    stage,
                ));
                rules.at_mut(Slot::AfterParameters).extend(rate_limit::rules(policy, limit, api, stage));
            }
            Settings::TrafficControl(control) => {
                throttled = true;
                rules
                    .at_mut(dialect::throttle_slot(group.dialect))
                    .extend(traffic_control::rules(policy, control, api, stage));
            }
            Settings::AddressList(_)
            | Settings::IpControl(_)
            | Settings::AccountList(_)
            | Settings::Cors(_)
            | Settings::SignatureKey(_) => {}
        }
    }
    rules.at_mut(rates).extend(rates::of_api(group, api, throttled));
    rules.map(Vec::into_boxed_slice)
}

/// The throttling policy that counts nothing, because the API has the plug-in that takes its place (spec:
/// huawei/throttling-and-access.md §1).
fn void(policies: &[Arc<LivePolicy>]) -> Option<&LivePolicy> {
    policies.iter().find(|policy| matches!(*policy.settings, Settings::RateLimit(_)))?;
    policies.iter().map(|policy| &**policy).find(|policy| matches!(*policy.settings, Settings::Throttle(_)))
}
