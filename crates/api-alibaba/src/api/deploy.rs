//! `DeployApi`.

use paifang_control::Deploy;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn deploy(call: &Call<'_>) -> Result<Value, Fault> {
    let (api, _) = call.api().await?;
    let stage = call.stage().await?.value.id;
    let remark = call.params.required("Description")?.to_owned();
    let deployed = call.control.deploy_api(api.value.id, &Deploy { stage, remark }, None).await;
    deployed.map_err(Fault::of(Sent::Deploy))?;
    Ok(json!({}))
}
