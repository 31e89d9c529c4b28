//! Makes, changes and deletes channels.

use paifang_control::{ChannelDraft, ChannelPatch};
use paifang_model::Member;
use paifang_model::channel::{Balance, HealthCheck, MemberGroup};

use super::member::Given;
use super::{BALANCES, TONGUE, found, group, health, member, view};
use crate::answer::{Answer, nothing, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Fault, codes, tell};

/// What is sent of a channel. Lists and checks that are absent stay what they are.
struct Sent {
    name: String,
    port: u16,
    balance: Balance,
    groups: Option<Vec<MemberGroup>>,
    members: Option<Vec<Given>>,
    health: Option<HealthCheck>,
}

pub(crate) async fn create(call: &Call) -> Answer {
    let Sent { name, port, balance, groups, members, health } = call.read(read)?;
    let members = sent_members(call, members).await?;
    let draft = ChannelDraft {
        balance,
        groups: groups.unwrap_or_default(),
        members: members.unwrap_or_default(),
        health,
        ..ChannelDraft::named(name, port)
    };
    let made = call.context.create_channel(draft).await.map_err(tell(&TONGUE))?;
    object(view::outline(call, &made))
}

pub(crate) async fn update(call: &Call) -> Answer {
    let old = found(call).await?;
    let Sent { name, port, balance, groups, members, health } = call.read(read)?;
    let members = sent_members(call, members).await?;
    let patch = ChannelPatch {
        name: Some(name),
        port: Some(port),
        balance: Some(balance),
        host: None,
        health: health.map(Some),
        groups,
        members: members.map(|members| member::with_ids(&old.value, members)),
    };
    // What was looked at is what is changed.
    let changed = call.context.update_channel(old.value.id, patch, Some(old.revision)).await;
    object(view::outline(call, &changed.map_err(tell(&TONGUE))?))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let id = found(call).await?.value.id;
    call.context.delete_channel(id, None).await?;
    nothing()
}

async fn sent_members(call: &Call, given: Option<Vec<Given>>) -> Result<Option<Vec<Member>>, Fault> {
    match given {
        Some(given) => member::known(call, given).await.map(Some),
        None => Ok(None),
    }
}

/// What members are said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MemberType {
    Host,
    Server,
}

const MEMBER_TYPES: [(&str, MemberType); 2] = [("ip", MemberType::Host), ("ecs", MemberType::Server)];

fn read(body: &mut Fields<'_, '_>) -> Sent {
    for (name, why) in [
        ("dict_code", "there are no dictionaries"),
        ("microservice_info", "members are not looked up at a registry yet"),
    ] {
        body.refuse(name, why);
    }
    let kind = body.required_word("member_type", &MEMBER_TYPES, MemberType::Server);
    if body.integer("type").is_some_and(|kind| kind != 2) {
        body.complain(codes::NOT_OFFERED, "type", "2, servers, is offered");
    }
    if body.text("vpc_channel_type").is_some_and(|kind| kind != "builtin") {
        body.complain(codes::NOT_OFFERED, "vpc_channel_type", "`builtin` is offered");
    }
    body.demand("port");
    Sent {
        name: body.required("name").to_owned(),
        port: health::number(body, "port", 0),
        balance: balance(body),
        groups: body.raw("member_groups").is_some().then(|| body.objects("member_groups", group::read)),
        members: members(body, kind),
        health: body.object("vpc_health_config", health::read),
    }
}

/// The members, each of the channel's type.
fn members(body: &mut Fields<'_, '_>, kind: MemberType) -> Option<Vec<Given>> {
    body.raw("members")?;
    let given = body.objects("members", member::read);
    for (index, member) in given.iter().enumerate() {
        match (kind, member.is_server()) {
            (MemberType::Host, true) => {
                let message = "the channel's members are hosts: `member_type` is `ecs` for servers";
                body.complain(codes::INVALID_VALUE, &format!("members[{index}].ecs_id"), message);
            }
            (MemberType::Server, false) => {
                let message = "the channel's members are servers: `member_type` is `ip` for hosts";
                body.complain(codes::MISSING, &format!("members[{index}].ecs_id"), message);
            }
            _ => {}
        }
    }
    Some(given)
}

fn balance(body: &mut Fields<'_, '_>) -> Balance {
    body.demand("balance_strategy");
    let Some(number) = body.integer("balance_strategy") else { return Balance::default() };
    let found = BALANCES.iter().find(|(known, _)| *known == number).map(|(_, balance)| *balance);
    found.unwrap_or_else(|| {
        let message = format!("it is {number}, but 1 to 4 are allowed");
        body.complain(codes::INVALID_VALUE, "balance_strategy", message);
        Balance::default()
    })
}
