//! Load-balance channels: members, their groups, and how they are asked whether they are well. Spec:
//! huawei/vpc-channels.md.
//!
//! A group of members is known by its name in the channel; its id is made of both.

mod group;
mod health;
mod list;
mod member;
mod view;
mod write;

pub(crate) use group::{
    create as create_groups, delete as delete_group, list as groups, show as show_group,
    update as update_group,
};
pub(crate) use health::update as update_health;
pub(crate) use list::{list, show};
pub(crate) use member::{
    add as add_members, disable as disable_members, enable as enable_members, list as members,
    remove as remove_member, replace as replace_members,
};
pub(crate) use write::{create, delete, update};

use paifang_control::Stored;
use paifang_model::channel::{Balance, MemberGroup};
use paifang_model::id::{ChannelId, Id};
use paifang_model::{Channel, Rule, Violation};

use crate::call::Call;
use crate::fault::{Code, Fault, Tongue, codes};
use crate::scope;

const BALANCES: [(i64, Balance); 4] = [
    (1, Balance::WeightedRoundRobin),
    (2, Balance::WeightedLeastConnection),
    (3, Balance::SourceHash),
    (4, Balance::UriHash),
];

static TONGUE: Tongue = Tongue { parameter, code };

/// Our members, as the interface calls them, beside those with the same name.
const NAMES: [(&str, &str); 13] = [
    ("groups", "member_groups"),
    ("health", "vpc_health_config"),
    ("balance", "balance_strategy"),
    ("remark", "member_group_remark"),
    ("group", "member_group_name"),
    ("enabled", "status"),
    ("backup", "is_backup"),
    ("instance", "ecs_id"),
    ("healthy_after", "threshold_normal"),
    ("unhealthy_after", "threshold_abnormal"),
    ("timeout_s", "timeout"),
    ("interval_s", "time_interval"),
    ("codes", "http_code"),
];

fn parameter(pointer: &str) -> String {
    // Of members that are named, the list has nothing but ids.
    let first = pointer.split('/').nth(1).unwrap_or_default();
    if first.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) {
        return format!("member_ids[{first}]");
    }
    let of_group = pointer.starts_with("/groups/");
    let mut told = String::new();
    for piece in pointer.split('/').filter(|piece| !piece.is_empty()) {
        if piece.bytes().all(|byte| byte.is_ascii_digit()) {
            told.push_str(&format!("[{piece}]"));
            continue;
        }
        let name = match piece {
            "name" | "weight" if of_group => &format!("member_group_{piece}"),
            other => NAMES.iter().find(|(ours, _)| *ours == other).map_or(other, |(_, theirs)| *theirs),
        };
        if !told.is_empty() {
            told.push('.');
        }
        told.push_str(name);
    }
    told
}

fn code(violation: &Violation) -> Option<Code> {
    match (violation.rule, violation.pointer.as_str()) {
        (Rule::Duplicate, "/name") => Some(codes::CHANNEL_NAME_TAKEN),
        (Rule::Range, "/members") => Some(codes::TOO_MANY_MEMBERS),
        (Rule::Conflict, "/members") => Some(codes::NOT_FOR_THIS_CHANNEL),
        _ => None,
    }
}

/// The channel that the path names.
async fn found(call: &Call) -> Result<Stored<Channel>, Fault> {
    let id: ChannelId = scope::id("vpc_channel_id", call.path("vpc_channel_id"))?;
    Ok(call.context.read_channel(id).await?)
}

/// The id of a group of members.
fn group_id(channel: &Channel, name: &str) -> Id {
    Id::derived("member_group", &[channel.id.0.as_bytes(), name.as_bytes()])
}

/// The group that an id names.
fn group_by_id<'c>(channel: &'c Channel, id: &str) -> Option<&'c MemberGroup> {
    channel.groups.iter().find(|group| group_id(channel, &group.name).to_string() == id)
}
