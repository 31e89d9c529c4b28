//! The plug-in `rate_limit` (spec: huawei/plugins.md): what a throttling policy says, and rules that count the calls for which an
//! expression holds. Rules see what calls carry, so they count when the parameters are known.

use std::sync::Arc;

use paifang_model::id::{ApiId, StageId};
use paifang_model::policy::RateLimit;

use super::LivePolicy;
use super::rule::{ByValues, LimitRule};
use super::throttle::counted;
use crate::refusal::LimitKind;

/// The rules of a plug-in at an API in a stage.
pub(super) fn rules(
    policy: &LivePolicy,
    limit: &RateLimit,
    api: ApiId,
    stage: StageId,
) -> impl Iterator<Item = LimitRule> {
    let counted = counted(policy, limit.throttle.counted_as, api, stage).then(b"rule");
    let variables = Arc::new(limit.parameters.clone());
    limit.rules.iter().map(move |rule| {
        let condition = rule.condition.clone();
        let by = ByValues { variables: Arc::clone(&variables), by: Box::default(), condition };
        let counted = counted.then(rule.name.as_bytes());
        let limit = LimitRule::of_policy(policy, LimitKind::Rule, Some(rule.limit), rule.period, counted);
        LimitRule { by: Some(Arc::new(by)), name: Some(rule.name.as_str().into()), ..limit }
    })
}
