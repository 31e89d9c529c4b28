//! Makes, changes and deletes groups.

use paifang_control::{GroupDraft, GroupFilter, GroupPatch, Paging};
use paifang_model::Rule;

use super::view::view;
use crate::answer::{Answer, members, nothing, object};
use crate::call::Call;
use crate::fault::{Tongue, codes, tell};
use crate::{DIALECT, scope};

static TONGUE: Tongue = Tongue {
    parameter: |pointer| pointer.replace("/description", "remark").replace('/', ""),
    code: |violation| (violation.rule == Rule::Duplicate).then_some(codes::GROUP_NAME_TAKEN),
};

pub(crate) async fn create(call: &Call) -> Answer {
    let draft = call.read(|body| {
        let version = body.short_text("version", 16);
        let extra =
            members(serde_json::json!({ "version": version, "roma_app_id": body.text("roma_app_id") }));
        let description = body.text("remark").unwrap_or_default().to_owned();
        GroupDraft { description, extra, ..GroupDraft::new(DIALECT, body.required("name")) }
    })?;
    let group = call.context.create_group(draft).await.map_err(tell(&TONGUE))?;
    object(view(call, &group).await?)
}

pub(crate) async fn update(call: &Call) -> Answer {
    let group = scope::group(&call.context, call.path("group_id")).await?.value.id;
    let patch = call.read(|body| GroupPatch {
        name: Some(body.required("name").to_owned()),
        description: body.text("remark").map(str::to_owned),
        ..GroupPatch::default()
    })?;
    let group = call.context.update_group(group, patch, None).await.map_err(tell(&TONGUE))?;
    object(view(call, &group).await?)
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let group = scope::group(&call.context, call.path("group_id")).await?.value.id;
    call.context.delete_group(group, None).await?;
    nothing()
}

/// Whether a name is free.
pub(crate) async fn check(call: &Call) -> Answer {
    let name = call.read(|body| body.required("group_name").to_owned())?;
    let filter = GroupFilter { dialect: Some(DIALECT), name: Some(name), name_contains: None };
    let found = call.context.list_groups(&filter, &Paging::default().limit(1)).await?;
    if found.items.is_empty() { object(serde_json::json!({})) } else { Err(codes::GROUP_NAME_TAKEN.fault()) }
}
