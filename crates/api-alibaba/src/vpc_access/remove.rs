//! `RemoveVpcAccess`.

use serde_json::{Value, json};

use super::find::by_place;
use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn remove(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    params.refuse_true("NeedBatchWork", "take the APIs that use it offline first")?;
    let (network, instance) = (params.required("VpcId")?, params.required("InstanceId")?);
    let access = by_place(call, network, instance, params.required_number("Port")?).await?;
    call.control.delete_backend_access(access.value.id, None).await?;
    Ok(json!({ "Apis": { "Api": [] } }))
}
