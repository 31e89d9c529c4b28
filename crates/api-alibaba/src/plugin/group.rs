//! `AttachGroupPlugin`, `DetachGroupPlugin`, `DescribePluginsByGroup` and `DescribePluginGroups`: plug-ins that hold for all
//! APIs of a group in a stage, except for those that have one of the type themselves.

use paifang_control::{GroupBindingFilter, GroupTarget, Stored};
use paifang_model::{Group, GroupBinding};
use serde_json::{Value, json};

use super::view;
use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::listing::{PageNumber, everything};

const AT_MOST: u32 = 100;

pub(crate) async fn attach(call: &Call<'_>) -> Result<Value, Fault> {
    let policy = super::named(call).await?.value.id;
    let (group, stage) = (call.group().await?.value.id, call.stage().await?.value.id);
    let target = GroupTarget { group, stage };
    let bound = call.control.bind_policy_to_groups(policy, &[target]).await;
    bound.map_err(Fault::of(Sent::GroupAttachment))?;
    Ok(json!({}))
}

pub(crate) async fn detach(call: &Call<'_>) -> Result<Value, Fault> {
    let policy = super::named(call).await?.value.id;
    let (group, stage) = (call.group().await?.value.id, call.stage().await?.value.id);
    call.control.unbind_policy_from_group(GroupBinding::id_of(policy, group, stage)).await?;
    Ok(json!({}))
}

/// The plug-ins that are attached to a group in a stage.
pub(crate) async fn of_group(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let (group, stage) = (call.group().await?.value.id, call.stage().await?.value.id);
    let filter =
        GroupBindingFilter { group: Some(group), stage: Some(stage), ..GroupBindingFilter::default() };
    let listed = page.cut(bindings(call, filter).await?);
    let mut plugins = Vec::with_capacity(listed.items.len());
    for binding in &listed.items {
        let plugin = call.control.read_policy(binding.value.policy).await?;
        plugins.push(view::shown(call, &plugin).await?);
    }
    Ok(listed.with(plugins).answer("Plugins", "PluginAttribute", |plugin| plugin))
}

/// The groups that a plug-in is attached to; with conditions, those that meet all of them.
pub(crate) async fn groups(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let policy = Some(super::named(call).await?.value.id);
    let group = match call.params.text("GroupId") {
        Some(_) => Some(call.group().await?.value.id),
        None => None,
    };
    let stages = call.stages().await?;
    let mut found = Vec::new();
    let filter = GroupBindingFilter { policy, group, ..GroupBindingFilter::default() };
    for binding in bindings(call, filter).await? {
        let group = call.control.read_group(binding.value.group).await?.value;
        let stage = stages.iter().find(|stage| stage.value.id == binding.value.stage);
        if fits(call, &group) {
            found.push((group, stage.map(|stage| stage.value.name.as_str()).unwrap_or_default()));
        }
    }
    let shown = |(group, stage)| summary(call, &group, stage);
    Ok(page.cut(found).answer("GroupSummarys", "GroupPluginSummary", shown))
}

async fn bindings(call: &Call<'_>, filter: GroupBindingFilter) -> Result<Vec<Stored<GroupBinding>>, Fault> {
    Ok(everything(async |paging| call.control.list_group_bindings(filter, &paging).await).await?)
}

fn fits(call: &Call<'_>, group: &Group) -> bool {
    let contains = |parameter, text: &str| {
        call.params.text(parameter).is_none_or(|part| text.to_lowercase().contains(&part.to_lowercase()))
    };
    contains("GroupName", &group.name) && contains("Description", &group.description)
}

fn summary(call: &Call<'_>, group: &Group, stage: &str) -> Value {
    json!({
        "GroupId": group.id,
        "GroupName": group.name,
        "BasePath": group.base_path,
        "Description": group.description,
        "RegionId": call.region,
        "StageName": stage,
        "StageAlias": stage,
    })
}
