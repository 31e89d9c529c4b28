//! The rates that groups and APIs have without any policy: the profile's, and the group's own.

use paifang_model::id::ApiId;
use paifang_model::policy::Period;

use super::rule::{Force, LimitRule};
use crate::limits::Key;
use crate::refusal::LimitKind;
use crate::snapshot::GroupFacts;

/// What all APIs of a group share.
pub(super) fn of_group(group: &GroupFacts) -> impl Iterator<Item = LimitRule> {
    let key = |word: &[u8]| Key::of(&[word, group.id.0.as_bytes()]);
    let subdomain =
        rule(LimitKind::Subdomain, group.limits.subdomain_calls_per_day, Period::DAY, key(b"subdomain"));
    let all = rule(LimitKind::Group, group.limits.group_calls_per_second, Period::SECOND, key(b"group"));
    subdomain.into_iter().chain(all)
}

/// What each API has. Where a policy limits the API, its rate over all stages is void, and is counted to be told
/// (spec: huawei/throttling-and-access.md §1, huawei/lifecycle.md).
pub(super) fn of_api(group: &GroupFacts, api: ApiId, throttled: bool) -> impl Iterator<Item = LimitRule> {
    let key = |word: &[u8]| Key::of(&[word, api.0.as_bytes()]);
    let force = if throttled { Force::Tells } else { Force::Refuses };
    let all_stages =
        rule(LimitKind::AllStages, group.limits.api_calls_per_second, Period::SECOND, key(b"api"));
    let address =
        rule(LimitKind::Address, group.limits.address_calls_per_second, Period::SECOND, key(b"address"));
    all_stages.map(|rule| LimitRule { force, ..rule }).into_iter().chain(address)
}

fn rule(what: LimitKind, limit: Option<u32>, period: Period, counted: Key) -> Option<LimitRule> {
    limit.map(|limit| LimitRule::new(what, Some(limit), period, counted))
}
