//! `CreatePlugin`.

use paifang_control::PolicyDraft;
use serde_json::{Value, json};

use crate::call::{Call, DIALECT};
use crate::fault::{Fault, Sent};
use crate::params::Tags;

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    Tags::refuse(params, "plug-ins have no tags yet")?;
    let kind = super::kind_of("PluginType", params.required("PluginType")?)?;
    // As it is given: JSON or YAML.
    let (settings, secret) = super::secret::taken_out(kind, params.required("PluginData")?);
    let draft = PolicyDraft {
        dialect: DIALECT,
        kind,
        name: params.required("PluginName")?.to_owned(),
        settings,
        secret,
        remark: params.text("Description").unwrap_or_default().to_owned(),
    };
    let policy = call.control.create_policy(draft).await.map_err(Fault::of(Sent::Plugin))?;
    Ok(json!({ "PluginId": policy.value.id, "TagStatus": false }))
}
