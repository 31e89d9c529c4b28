//! A channel, its groups, members and health checks as they are shown.

use std::collections::BTreeMap;

use paifang_control::Stored;
use paifang_model::channel::{HealthCheck, MemberGroup, ProbeMethod, ProbeProtocol};
use paifang_model::{BackendInstance, Channel, Member};
use serde_json::{Value, json};

use super::{BALANCES, group_id};
use crate::answer::without_nulls;
use crate::call::Call;
use crate::time;

/// What the inventory has of the servers among a channel's members, by their ids.
pub(super) type Servers = BTreeMap<String, BackendInstance>;

/// A channel without its members: as lists show it, and what was made or changed.
pub(super) fn outline(call: &Call, channel: &Stored<Channel>) -> Value {
    let shown = &channel.value;
    let balance = BALANCES.iter().find(|(_, balance)| *balance == shown.balance);
    json!({
        "id": shown.id,
        "name": shown.name,
        "port": shown.port,
        "balance_strategy": balance.map(|(number, _)| number),
        "member_type": if shown.members.iter().any(|member| member.instance.is_some()) { "ecs" } else { "ip" },
        "type": 2,
        "vpc_channel_type": "builtin",
        "create_time": time::rfc3339(channel.created_at),
        "status": if has_nobody(call, shown) { 2 } else { 1 },
        "member_groups": shown.groups.iter().map(|each| group(channel, each)).collect::<Vec<_>>(),
    })
}

/// Whether something is known against all of a channel's members that are switched on. The vendor has no word on what is
/// abnormal; where nobody is there, nothing is known against anybody.
fn has_nobody(call: &Call, channel: &Channel) -> bool {
    let mut enabled = channel.members.iter().filter(|member| member.enabled).peekable();
    enabled.peek().is_some() && {
        let unwell = call.state.health().unwell(channel.id);
        enabled.all(|member| unwell.contains(&member.id))
    }
}

/// A channel with its members and health checks.
pub(super) fn whole(call: &Call, channel: &Stored<Channel>, servers: &Servers) -> Value {
    let mut shown = outline(call, channel);
    shown["members"] = members(call, channel, servers, channel.value.members.iter()).into();
    if let Some(check) = &channel.value.health {
        shown["vpc_health_config"] = health(channel, check);
    }
    shown
}

pub(super) fn group(channel: &Stored<Channel>, group: &MemberGroup) -> Value {
    without_nulls(json!({
        "member_group_id": group_id(&channel.value, &group.name),
        "member_group_name": group.name,
        "member_group_remark": group.remark,
        "member_group_weight": group.weight,
        "create_time": time::rfc3339(channel.created_at),
        "update_time": time::rfc3339(channel.updated_at),
    }))
}

/// Members, with what this node knows of their health. One that nothing is known against is well: so it is treated.
pub(super) fn members<'m>(
    call: &Call,
    channel: &Stored<Channel>,
    servers: &Servers,
    members: impl Iterator<Item = &'m Member>,
) -> Vec<Value> {
    let unwell = call.state.health().unwell(channel.value.id);
    let rows = members.map(|one| {
        let mut row = member(&channel.value, servers, one);
        let known = !host(servers, one).is_empty();
        // The vendor's type is a text.
        row["health_status"] = if known && !unwell.contains(&one.id) { "1" } else { "2" }.into();
        row
    });
    rows.collect()
}

/// A member's host; of a server the address that the inventory has now, or nothing.
pub(super) fn host<'m>(servers: &'m Servers, member: &'m Member) -> &'m str {
    let server = member.named_instance().and_then(|name| servers.get(name));
    server.map_or(&member.host, |server| &server.address)
}

fn member(channel: &Channel, servers: &Servers, member: &Member) -> Value {
    let server = member.instance.as_deref().and_then(|name| servers.get(name));
    without_nulls(json!({
        "id": member.id,
        "vpc_channel_id": channel.id,
        "host": host(servers, member),
        "ecs_id": member.instance,
        "ecs_name": server.and_then(|server| server.name.as_deref()),
        "port": member.port,
        "weight": member.weight,
        "is_backup": member.backup,
        "status": if member.enabled { 1 } else { 2 },
        "member_group_name": member.group,
        "member_group_id": member.group.as_deref().map(|name| group_id(channel, name)),
    }))
}

pub(super) fn health(channel: &Stored<Channel>, check: &HealthCheck) -> Value {
    without_nulls(json!({
        "id": channel.value.id,
        "vpc_channel_id": channel.value.id,
        "create_time": time::rfc3339(channel.created_at),
        "protocol": match check.protocol {
            ProbeProtocol::Tcp => "TCP",
            ProbeProtocol::Http => "HTTP",
            ProbeProtocol::Https => "HTTPS",
        },
        "path": check.path,
        "method": match check.method {
            ProbeMethod::Get => "GET",
            ProbeMethod::Head => "HEAD",
        },
        "port": check.port,
        "threshold_normal": check.healthy_after,
        "threshold_abnormal": check.unhealthy_after,
        "timeout": check.timeout_s,
        "time_interval": check.interval_s,
        "http_code": check.codes,
        "enable_client_ssl": false,
        "status": if check.enabled { 1 } else { 2 },
    }))
}
