//! `ModifyPlugin`.

use paifang_control::PolicyPatch;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::params::Tags;

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    Tags::refuse(params, "plug-ins have no tags yet")?;
    let id = super::named(call).await?.value.id;
    let text = |name| params.text(name).map(str::to_owned);
    let patch = PolicyPatch {
        name: text("PluginName"),
        settings: text("PluginData").map(Value::String),
        remark: text("Description"),
    };
    call.control.update_policy(id, patch, None).await.map_err(Fault::of(Sent::Plugin))?;
    Ok(json!({}))
}
