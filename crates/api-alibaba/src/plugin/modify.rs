//! `ModifyPlugin`.

use paifang_control::PolicyPatch;
use paifang_model::Policy;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::params::Tags;

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    Tags::refuse(params, "plug-ins have no tags yet")?;
    let Policy { id, kind, .. } = super::named(call).await?.value;
    let (settings, secret) = match params.text("PluginData") {
        Some(data) => {
            let (settings, secret) = super::secret::taken_out(kind, data);
            (Some(settings), secret)
        }
        None => (None, None),
    };
    let text = |name| params.text(name).map(str::to_owned);
    let patch = PolicyPatch { name: text("PluginName"), settings, secret, remark: text("Description") };
    call.control.update_policy(id, patch, None).await.map_err(Fault::of(Sent::Plugin))?;
    Ok(json!({}))
}
