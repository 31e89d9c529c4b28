//! What each number is in each profile. What a call may cost is said by [`Limits`]; the rest is here.

use super::{Item, QuotaName};
use crate::dialect::Dialect;
use crate::limits::{Limits, Profile};

/// What a number is in a profile; none: off.
pub(super) fn default(name: QuotaName, profile: Profile) -> Option<u64> {
    let Some(dialect) = name.dialect else { return shared(name.item, profile) };
    let limits = Limits::of(profile, dialect);
    limits.item(name.item).unwrap_or_else(|| kept(name.item, dialect, profile))
}

/// Of what groups share. Where the clouds differ, the larger number (spec: aliyun/calling.md §8,
/// huawei/console-and-quotas.md).
fn shared(item: Item, profile: Profile) -> Option<u64> {
    match (item, profile) {
        (Item::Apis, Profile::Cloud) => Some(10_000),
        (Item::Apps, Profile::Cloud) => Some(1_000),
        (Item::Channels, Profile::Cloud) => Some(30),
        (Item::BackendInstances, Profile::Cloud) => Some(1_000),
        (Item::BackendInstances, Profile::Own) => Some(10_000),
        (Item::AccessLists, Profile::Cloud) => Some(5),
        (Item::BlackLists, _) => Some(100),
        (Item::AppCodesPerApp, _) => {
            Dialect::ALL.iter().map(|dialect| dialect.rules().app_codes_at_most).max()
        }
        (Item::MembersPerChannel, _) => Some(200),
        _ => None,
    }
}

/// Of what each dialect has its own number (spec: aliyun/console-and-quotas.md §4, huawei/console-and-quotas.md).
fn kept(item: Item, dialect: Dialect, profile: Profile) -> Option<u64> {
    let rules = dialect.rules();
    match (item, profile) {
        (Item::Stages, _) => Some(rules.stages_at_most),
        (Item::VersionsPerStage, _) => Some(rules.versions_kept),
        (Item::Groups, Profile::Cloud) => Some(50),
        (Item::ApisPerGroup, Profile::Cloud) => Some(200),
        (Item::DomainsPerGroup, Profile::Cloud) => Some(5),
        (Item::VariablesPerStage, Profile::Cloud) => Some(50),
        // Only the second cloud has these numbers.
        (
            Item::ParametersPerApi
            | Item::BackendPoliciesPerApi
            | Item::ThrottlingPolicies
            | Item::SignatureKeys
            | Item::AccessPolicies,
            _,
        ) if dialect != Dialect::Huawei => None,
        (Item::ParametersPerApi, Profile::Cloud) => Some(50),
        (Item::ParametersPerApi, Profile::Own) => Some(100),
        (Item::BackendPoliciesPerApi, _) => Some(5),
        (Item::ThrottlingPolicies, Profile::Cloud) => Some(30),
        (Item::SignatureKeys, Profile::Cloud) => Some(30),
        (Item::AccessPolicies, Profile::Cloud) => Some(100),
        _ => None,
    }
}
