//! `CreateApiGroup`.

use paifang_control::GroupDraft;
use paifang_model::Group;
use serde_json::{Map, Value, json};

use super::settings;
use crate::INSTANCE;
use crate::call::{Call, DIALECT};
use crate::fault::{Fault, Sent};
use crate::params::Tags;

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    settings::check_instance(call.params)?;
    let tags = Tags::of(call.params)?;
    let mut draft = GroupDraft::new(DIALECT, call.params.required("GroupName")?);
    draft.description = call.params.text("Description").unwrap_or_default().to_owned();
    draft.base_path = call.params.text("BasePath").map(str::to_owned);
    draft.extra = tags.kept(Map::new());
    let Group { id, name, description, base_path, subdomain, .. } =
        call.control.create_group(draft).await.map_err(Fault::of(Sent::Group))?.value;
    Ok(json!({
        "GroupId": id,
        "GroupName": name,
        "Description": description,
        "BasePath": base_path,
        "SubDomain": subdomain,
        "InstanceId": INSTANCE,
        "InstanceType": "VPC_SHARED",
        "TagStatus": true,
    }))
}
