//! `ModifyApiGroup` and `SetGroupAuthAppCode`: what is absent stays.

use paifang_control::GroupPatch;
use paifang_model::Group;
use paifang_model::definition::AppCodeMode;
use serde_json::{Value, json};

use super::settings;
use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?;
    let params = call.params;
    params.refuse("RpsLimitForServerless", "it belongs to serverless instances")?;
    let text = |name| params.text(name).map(str::to_owned);
    let patch = GroupPatch {
        name: text("GroupName"),
        description: params.given("Description").map(str::to_owned),
        base_path: text("BasePath"),
        passthrough_headers: params.given("PassthroughHeaders").map(settings::headers),
        extra: Some(settings::changed(&group.value.extra, params)),
        ..GroupPatch::default()
    };
    let Group { id, name, description, base_path, subdomain, .. } = change(call, &group.value, patch).await?;
    Ok(json!({
        "GroupId": id,
        "GroupName": name,
        "Description": description,
        "BasePath": base_path,
        "SubDomain": subdomain,
    }))
}

/// `SetGroupAuthAppCode`: for APIs that leave it to the group.
pub(crate) async fn set_app_code(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?;
    let mode = match call.params.required("AuthAppCode")? {
        "DISABLE" => AppCodeMode::Disabled,
        "HEADER" => AppCodeMode::Header,
        "HEADER_QUERY" => AppCodeMode::HeaderOrQuery,
        other => {
            return Err(Fault::invalid("AuthAppCode", other, "DISABLE, HEADER and HEADER_QUERY are allowed"));
        }
    };
    change(call, &group.value, GroupPatch { app_code: Some(mode), ..GroupPatch::default() }).await?;
    Ok(json!({}))
}

async fn change(call: &Call<'_>, group: &Group, patch: GroupPatch) -> Result<Group, Fault> {
    let changed = call.control.update_group(group.id, patch, None).await;
    Ok(changed.map_err(Fault::of(Sent::Group))?.value)
}
