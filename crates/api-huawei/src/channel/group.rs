//! Groups of a channel's members. A group keeps its name: its id is made of it.

use paifang_control::{ChannelPatch, Stored};
use paifang_model::Channel;
use paifang_model::channel::MemberGroup;

use super::{TONGUE, found, group_by_id, health, view};
use crate::answer::{Answer, nothing, object, page, page_of};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Fault, codes, tell};

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let channel = found(call).await?;
    let groups = channel.value.groups.iter().filter(|group| {
        // No group has a dictionary.
        call.query.finds("member_group_name", &group.name) && call.query.value("dict_code").is_none()
    });
    let (rows, total) = page_of(wanted, groups.collect());
    page("member_groups", rows.into_iter().map(|group| view::group(&channel, group)).collect(), total)
}

/// Adds groups; those that are there already, by name, are changed.
pub(crate) async fn create(call: &Call) -> Answer {
    let channel = found(call).await?;
    let sent = call.read(|body| {
        body.demand("member_groups");
        body.objects("member_groups", read)
    })?;
    let mut groups = channel.value.groups.clone();
    for new in &sent {
        match groups.iter_mut().find(|there| there.name == new.name) {
            Some(there) => *there = new.clone(),
            None => groups.push(new.clone()),
        }
    }
    let channel = put(call, &channel, groups).await?;
    let rows: Vec<_> = sent.iter().map(|group| view::group(&channel, group)).collect();
    let total = rows.len() as u64;
    page("member_groups", rows, total)
}

pub(crate) async fn show(call: &Call) -> Answer {
    let channel = found(call).await?;
    object(view::group(&channel, named(call, &channel.value)?))
}

pub(crate) async fn update(call: &Call) -> Answer {
    let channel = found(call).await?;
    let name = named(call, &channel.value)?.name.clone();
    let new = call.read(|body| {
        let new = read(body);
        if new.name != name {
            let message = format!("the group is called `{name}` for good: make another one");
            body.complain(codes::NOT_OFFERED, "member_group_name", message);
        }
        new
    })?;
    let mut groups = channel.value.groups.clone();
    for there in groups.iter_mut().filter(|there| there.name == name) {
        *there = new.clone();
    }
    let channel = put(call, &channel, groups).await?;
    object(view::group(&channel, &new))
}

/// Deletes a group that no member is of.
pub(crate) async fn delete(call: &Call) -> Answer {
    let channel = found(call).await?;
    let name = named(call, &channel.value)?.name.clone();
    let of_it = channel.value.members.iter().filter(|member| member.group.as_ref() == Some(&name)).count();
    if of_it > 0 {
        return Err(codes::NOT_FOR_THIS_CHANNEL.with(format!("{of_it} members are of the group `{name}`")));
    }
    let mut groups = channel.value.groups.clone();
    groups.retain(|group| group.name != name);
    put(call, &channel, groups).await?;
    nothing()
}

async fn put(
    call: &Call,
    channel: &Stored<Channel>,
    groups: Vec<MemberGroup>,
) -> Result<Stored<Channel>, Fault> {
    let patch = ChannelPatch { groups: Some(groups), ..ChannelPatch::default() };
    // What was looked at is what is changed.
    let changed = call.context.update_channel(channel.value.id, patch, Some(channel.revision)).await;
    changed.map_err(tell(&TONGUE))
}

/// The group that the path names.
fn named<'c>(call: &Call, channel: &'c Channel) -> Result<&'c MemberGroup, Fault> {
    let id = call.path("member_group_id");
    let shown = paifang_model::name::shown(id);
    group_by_id(channel, id)
        .ok_or_else(|| codes::NO_CHANNEL.with(format!("it has no group with the id:{shown}")))
}

pub(super) fn read(given: &mut Fields<'_, '_>) -> MemberGroup {
    for (name, why) in [
        ("dict_code", "there are no dictionaries"),
        ("microservice_version", "members are not looked up at a registry yet"),
        ("microservice_port", "members are not looked up at a registry yet"),
        ("microservice_labels", "members are not looked up at a registry yet"),
        ("reference_vpc_channel_id", "channels do not refer to each other"),
    ] {
        given.refuse(name, why);
    }
    let weight = given.raw("member_group_weight").is_some();
    MemberGroup {
        name: given.required("member_group_name").to_owned(),
        remark: given.text("member_group_remark").unwrap_or_default().to_owned(),
        weight: weight.then(|| health::number(given, "member_group_weight", 0)),
    }
}
