//! Throttling: the limits that a policy puts on an API (spec: huawei/throttling-and-access.md §1).
//!
//! They are looked at in the order address, app, user, API; the first without room names the policy. Each API counts
//! alone in each stage, or all that the policy is bound to count together, for every one of the limits.

use paifang_model::id::{ApiId, Id, StageId};
use paifang_model::policy::huawei::CountedAs;
use paifang_model::policy::{SpecialObject, Throttle};

use super::LivePolicy;
use super::rule::{LimitRule, Specials};
use crate::limits::Key;
use crate::refusal::LimitKind;

/// The limits of a policy at an API in a stage.
pub(super) fn rules(
    policy: &LivePolicy,
    throttle: &Throttle,
    api: ApiId,
    stage: StageId,
) -> impl Iterator<Item = LimitRule> {
    let counted = counted(policy, throttle.counted_as, api, stage);
    let specials = |what| match what {
        LimitKind::App => sorted(throttle, |object| match object {
            SpecialObject::App(app) => Some(app.0),
            SpecialObject::User(_) => None,
        }),
        LimitKind::User => sorted(throttle, |object| match object {
            SpecialObject::User(account) => Some(account.0),
            SpecialObject::App(_) => None,
        }),
        _ => Specials::none(),
    };
    let rules = [
        (LimitKind::Address, throttle.address),
        (LimitKind::App, throttle.app),
        (LimitKind::User, throttle.user),
        (LimitKind::Api, Some(throttle.api)),
    ]
    .map(|(what, limit)| LimitRule {
        specials: specials(what),
        ..LimitRule::of_policy(policy, what, limit, throttle.period, counted.then(word(what)))
    });
    rules.into_iter().filter(|rule| rule.limit.is_some() || !rule.specials.is_nobody())
}

/// What the calls have in common that are counted together.
pub(super) fn counted(policy: &LivePolicy, counted_as: CountedAs, api: ApiId, stage: StageId) -> Key {
    let policy = policy.id.0.as_bytes();
    match counted_as {
        CountedAs::Each => Key::of(&[b"policy", policy, api.0.as_bytes(), stage.0.as_bytes()]),
        CountedAs::Together => Key::of(&[b"policy", policy]),
    }
}

const fn word(what: LimitKind) -> &'static [u8] {
    match what {
        LimitKind::Address => b"address",
        LimitKind::App => b"app",
        LimitKind::User => b"user",
        LimitKind::Subdomain
        | LimitKind::Group
        | LimitKind::AllStages
        | LimitKind::Api
        | LimitKind::AppQuota
        | LimitKind::Rule
        | LimitKind::Otherwise => b"api",
    }
}

fn sorted(throttle: &Throttle, id: impl Fn(SpecialObject) -> Option<Id>) -> Specials {
    let specials = throttle.specials.iter().filter_map(|special| Some((id(special.object)?, special.limit)));
    let mut specials: Vec<(Id, u32)> = specials.collect();
    specials.sort_unstable();
    Specials::Ids(specials.into())
}
