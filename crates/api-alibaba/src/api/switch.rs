//! `SwitchApi`: puts a version that was published in a stage back online there.

use paifang_model::name::check_length;
use serde_json::{Value, json};

use super::history::version_named;
use crate::call::{Call, DIALECT};
use crate::fault::{Fault, Sent};

pub(crate) async fn switch(call: &Call<'_>) -> Result<Value, Fault> {
    let (api, _) = call.api().await?;
    let stage = call.stage().await?.value.id;
    check_description(call)?;
    let name = call.params.required("HistoryVersion")?;
    let entry = version_named(call, api.value.id, stage, name).await?;
    let switched = call.control.switch_api(api.value.id, stage, entry.version.value.id).await;
    switched.map_err(Fault::of(Sent::Deploy))?;
    Ok(json!({}))
}

/// It is judged and not kept: a version keeps what was said when it was made.
fn check_description(call: &Call<'_>) -> Result<(), Fault> {
    let at_most = DIALECT.rules().texts.remark;
    let description = call.params.required("Description")?;
    check_length(description, 0, at_most).map_err(|_| Fault::too_long("Description", at_most))
}
