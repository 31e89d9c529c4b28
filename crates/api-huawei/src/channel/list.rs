//! Looks at channels.

use paifang_control::Stored;
use paifang_model::Channel;

use super::{found, group_by_id, view};
use crate::answer::{Answer, object, page, page_of};
use crate::call::Call;
use crate::scope;

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let name = call.query.value("name");
    let context = &call.context;
    let mut all = scope::all(|paging| async move { context.list_channels(name, &paging).await }).await?;
    all.retain(|channel| meets(call, &channel.value));
    if call.query.value("member_host").is_some() {
        let mut there = Vec::with_capacity(all.len());
        for channel in all {
            let servers = context.instances_of_channel(&channel.value).await?;
            let is_host = |member| call.query.finds("member_host", view::host(&servers, member));
            if channel.value.members.iter().any(is_host) {
                there.push(channel);
            }
        }
        all = there;
    }
    let (rows, total) = page_of(wanted, all);
    page("vpc_channels", rows.iter().map(|channel| view::outline(call, channel)).collect(), total)
}

/// What the store does not look at.
fn meets(call: &Call, channel: &Channel) -> bool {
    let query = &call.query;
    let member = |name: &str, is: &dyn Fn(&paifang_model::Member, &str) -> bool| {
        query.value(name).is_none_or(|value| channel.members.iter().any(|member| is(member, value)))
    };
    query.value("id").is_none_or(|id| channel.id.to_string() == id)
        && (!query.is_precise("name") || query.value("name").is_none_or(|name| channel.name == name))
        && member("member_port", &|member, port| channel.port_of(member).to_string() == port)
        && (query.value("member_group_name").is_none()
            || channel.groups.iter().any(|group| query.finds("member_group_name", &group.name)))
        && query.value("member_group_id").is_none_or(|id| group_by_id(channel, id).is_some())
        && query.value("vpc_channel_type").is_none_or(|kind| kind == "builtin")
        // No channel has one.
        && query.value("dict_code").is_none()
}

pub(crate) async fn show(call: &Call) -> Answer {
    let channel: Stored<Channel> = found(call).await?;
    let servers = call.context.instances_of_channel(&channel.value).await?;
    object(view::whole(call, &channel, &servers))
}
