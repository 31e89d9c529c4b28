//! The members of a channel.

use std::collections::{BTreeSet, HashSet};

use paifang_control::{BackendInstanceFilter, MemberPatch, Paging, Stored};
use paifang_model::id::{Id, MemberId};
use paifang_model::{Channel, Member};
use serde_json::json;

use super::{TONGUE, found, group_by_id, health, view};
use crate::answer::{Answer, nothing, object, page, page_of};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Complaints, Fault, codes, tell};
use crate::scope;

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let channel = found(call).await?;
    let servers = call.context.instances_of_channel(&channel.value).await?;
    let query = &call.query;
    let group = query.value("member_group_id").map(|id| group_by_id(&channel.value, id));
    let members = channel.value.members.iter().filter(|member| {
        let name = member.group.as_deref();
        query.finds("name", view::host(&servers, member))
            && query.finds("member_group_name", name.unwrap_or_default())
            && group.is_none_or(|group| group.is_some_and(|group| name == Some(group.name.as_str())))
    });
    let (rows, total) = page_of(wanted, members.collect());
    page("members", view::members(call, &channel, &servers, rows.into_iter()), total)
}

/// Adds members; those that are there already, by host and port, are changed.
pub(crate) async fn add(call: &Call) -> Answer {
    let channel = found(call).await?;
    let sent = with_ids(&channel.value, sent(call).await?);
    let mut members = channel.value.members.clone();
    for new in &sent {
        match members.iter_mut().find(|there| there.id == new.id) {
            Some(there) => *there = new.clone(),
            None => members.push(new.clone()),
        }
    }
    put(call, &channel, members, &sent).await
}

/// Replaces the members; where a group is named, those of this group.
pub(crate) async fn replace(call: &Call) -> Answer {
    let channel = found(call).await?;
    let named = call.read(|body| body.text("member_group_name").map(str::to_owned))?;
    let named = named.or_else(|| call.query.value("member_group_name").map(str::to_owned));
    let mut sent = with_ids(&channel.value, sent(call).await?);
    let mut members = Vec::new();
    if let Some(name) = named {
        for member in &mut sent {
            member.group.get_or_insert_with(|| name.clone());
        }
        members = channel.value.members.clone();
        members.retain(|member| member.group.as_ref() != Some(&name));
    }
    members.extend(sent.iter().cloned());
    put(call, &channel, members, &sent).await
}

/// Writes the members, and shows those that were sent.
async fn put(call: &Call, channel: &Stored<Channel>, members: Vec<Member>, sent: &[Member]) -> Answer {
    let (id, revision) = (channel.value.id, Some(channel.revision));
    let channel = call.context.replace_members(id, members, revision).await.map_err(tell(&TONGUE))?;
    let ids: HashSet<MemberId> = sent.iter().map(|member| member.id).collect();
    let changed = channel.value.members.iter().filter(|member| ids.contains(&member.id));
    let servers = call.context.instances_of_channel(&channel.value).await?;
    let rows = view::members(call, &channel, &servers, changed);
    let total = rows.len() as u64;
    page("members", rows, total)
}

pub(crate) async fn enable(call: &Call) -> Answer {
    switch(call, MemberPatch { enabled: Some(true), ..MemberPatch::of(MemberId(Id::ROOT)) }).await
}

pub(crate) async fn disable(call: &Call) -> Answer {
    switch(call, MemberPatch { enabled: Some(false), ..MemberPatch::of(MemberId(Id::ROOT)) }).await
}

/// Does the same to all members that are named, or to none.
async fn switch(call: &Call, patch: MemberPatch) -> Answer {
    let channel = found(call).await?.value.id;
    let given = call.read(|body| {
        body.demand("member_ids");
        body.texts("member_ids")
    })?;
    let mut patches = Vec::with_capacity(given.len());
    for text in given {
        let id: MemberId = scope::id("member_ids", &text)?;
        patches.push(MemberPatch { id, ..patch.clone() });
    }
    call.context.update_members(channel, patches, None).await.map_err(tell(&TONGUE))?;
    object(json!({}))
}

pub(crate) async fn remove(call: &Call) -> Answer {
    let channel = found(call).await?.value.id;
    let member: MemberId = scope::id("member_id", call.path("member_id"))?;
    call.context.remove_members(channel, &[member], None).await.map_err(tell(&TONGUE))?;
    nothing()
}

async fn sent(call: &Call) -> Result<Vec<Member>, Fault> {
    let given = call.read(|body| {
        body.demand("members");
        body.objects("members", read)
    })?;
    known(call, given).await
}

/// A member as it was sent.
pub(super) struct Given {
    member: Member,
    /// The name of a server, where its id was not sent.
    server: Option<String>,
}

impl Given {
    /// Whether it is a server by its id or name, rather than a host.
    pub(super) fn is_server(&self) -> bool {
        self.member.instance.is_some() || self.server.is_some()
    }
}

/// The members, where servers that were named alone have the ids that the inventory has for their names.
pub(super) async fn known(call: &Call, given: Vec<Given>) -> Result<Vec<Member>, Fault> {
    let mut complaints = Complaints::default();
    let mut members = Vec::with_capacity(given.len());
    for (index, Given { mut member, server }) in given.into_iter().enumerate() {
        if let Some(name) = server {
            match ids(call, &name).await?.as_slice() {
                [id] => member.instance = Some(id.clone()),
                found => {
                    let shown = paifang_model::name::shown(&name);
                    let message =
                        format!("{} backend instances are called `{shown}`: one must be", found.len());
                    complaints.add(codes::INVALID_VALUE, format!("members[{index}].ecs_name"), message);
                }
            }
        }
        members.push(member);
    }
    complaints.or(members)
}

/// The ids of servers of a name; more than two are as good as two.
async fn ids(call: &Call, name: &str) -> Result<Vec<String>, Fault> {
    let filter = BackendInstanceFilter { name: Some(name.to_owned()), ..BackendInstanceFilter::default() };
    let found = call.context.list_backend_instances(&filter, &Paging::default()).await?;
    let ids: BTreeSet<String> = found.items.into_iter().flatten().map(|found| found.value.instance).collect();
    Ok(ids.into_iter().collect())
}

pub(super) fn read(given: &mut Fields<'_, '_>) -> Given {
    let mut named = |name| given.text(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let (instance, name) = (named("ecs_id"), named("ecs_name"));
    let server = name.filter(|_| instance.is_none());
    // A server's host is shown, and for the inventory to say.
    let is_server = instance.is_some() || server.is_some();
    let host = if is_server { String::new() } else { given.required("host").to_owned() };
    let group = given.text("member_group_name").filter(|name| !name.is_empty());
    let member = Member {
        instance,
        port: health::number(given, "port", 0),
        weight: health::number(given, "weight", 1),
        enabled: given.one_or_two("status").unwrap_or(true),
        backup: given.flag("is_backup").unwrap_or_default(),
        group: group.map(str::to_owned),
        ..Member::at(host)
    };
    Given { member, server }
}

/// Members that are there already, by host or server and port, keep their ids, and with them what is known of their health.
pub(super) fn with_ids(channel: &Channel, mut members: Vec<Member>) -> Vec<Member> {
    for member in &mut members {
        let same = |there: &&Member| {
            there.named_instance().is_some() == member.named_instance().is_some()
                && there.place().eq_ignore_ascii_case(member.place())
                && channel.port_of(there) == channel.port_of(member)
        };
        if let Some(there) = channel.members.iter().find(same) {
            member.id = there.id;
        }
    }
    members
}
