//! `ValidateVpcConnectivity`: whether this gateway reaches what is behind an access. What kind of instance an address belongs
//! to (`IpType`) is not known here.

use paifang_model::id::BackendAccessId;
use serde_json::{Value, json};

use crate::INSTANCE;
use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn validate(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    if params.required("InstanceId")? != INSTANCE {
        return Err(Fault::not_found("Instance"));
    }
    let access = BackendAccessId(params.required_id("VpcAccessId", "VpcAccess")?);
    let reached = call.control.knock_at_backend_access(access).await?;
    Ok(json!({ "Connected": reached.is_ok() }))
}
