//! Groups of a channel's members, weighed together (spec: huawei/vpc-channels.md).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::CHANNEL_NAME;
use crate::name::check_length;
use crate::violation::{Complaint, Rule, Violations};

/// The most groups of one channel.
pub const GROUPS_AT_MOST: usize = 50;

/// The largest weight of a group.
pub const GROUP_WEIGHT_AT_MOST: u16 = 100;

/// Members of a channel that are spoken of together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberGroup {
    /// Its name, unique in the channel.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The share of its members together, distributed by their own weights: 0 (none) to 100; absent: each has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u16>,
}

pub(super) fn check_all(groups: &[MemberGroup]) -> Violations {
    let mut violations = Violations::new();
    if groups.len() > GROUPS_AT_MOST {
        let message = format!("{} groups are too many: {GROUPS_AT_MOST} are allowed", groups.len());
        violations.add("", Rule::Range, message);
    }
    let mut names = HashSet::new();
    for (index, group) in groups.iter().enumerate() {
        violations.at(&format!("/{index}/name"), CHANNEL_NAME.check(&group.name));
        violations.at(&format!("/{index}/remark"), check_length(&group.remark, 0, 255));
        if !names.insert(&group.name) {
            let message = format!("the group `{}` is there twice", group.name);
            violations.add(format!("/{index}/name"), Rule::Duplicate, message);
        }
        if let Some(weight) = group.weight.filter(|weight| *weight > GROUP_WEIGHT_AT_MOST) {
            let message = format!("{weight} is too heavy: 0 to {GROUP_WEIGHT_AT_MOST} are allowed");
            violations.at::<()>(&format!("/{index}/weight"), Err(Complaint::range(message)));
        }
    }
    violations
}
