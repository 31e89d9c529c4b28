//! A plug-in as this interface shows it.

use paifang_control::Stored;
use paifang_model::Policy;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::time;

pub(super) async fn shown(call: &Call<'_>, stored: &Stored<Policy>) -> Result<Value, Fault> {
    let policy = &stored.value;
    let settings = super::secret::put_back(call, stored).await?;
    Ok(json!({
        "PluginId": policy.id,
        "PluginName": policy.name,
        "PluginType": super::name_of(policy.kind),
        "PluginData": data(&settings),
        "Description": policy.remark,
        "RegionId": call.region,
        "CreatedTime": time::written(stored.created_at),
        "ModifiedTime": time::written(stored.updated_at),
    }))
}

/// As it was given; one that was given to another interface is JSON.
fn data(settings: &Value) -> String {
    settings.as_str().map_or_else(|| settings.to_string(), str::to_owned)
}
