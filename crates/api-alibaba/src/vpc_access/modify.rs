//! `ModifyVpcAccessAndUpdateApis`: an access leads elsewhere. Its APIs follow with their next call; the task that `OperationId`
//! names tells which did. Without such APIs there is none.

use std::net::IpAddr;

use paifang_control::BackendAccessDraft;
use paifang_model::BackendAccess;
use serde_json::Value;

use super::find::by_name;
use super::{operation, users};
use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let access = by_name(call, call.params.required("Name")?).await?;
    let id = access.value.id;
    if call.params.flag("NeedBatchWork")? == Some(false) && !users::of(call, id).await?.is_empty() {
        return Err(Fault::unsupported("NeedBatchWork", "false", "APIs follow their access at once"));
    }
    let draft = draft(call, access.value)?;
    let moved = call.control.relocate_backend_access(id, draft, Some(access.revision)).await;
    Ok(operation(moved.map_err(Fault::of(Sent::Access))?.task))
}

/// What is not given stays.
fn draft(call: &Call<'_>, access: BackendAccess) -> Result<BackendAccessDraft, Fault> {
    let text = |name| call.params.text(name).map(str::to_owned);
    let BackendAccess { name, network, instance, port, address, scheme, host, description, .. } = access;
    let moved = text("InstanceId").filter(|to| *to != instance);
    let address = match &moved {
        None => address,
        // As with `SetVpcAccess`.
        Some(to) => to.parse::<IpAddr>().is_err().then(|| to.clone()),
    };
    Ok(BackendAccessDraft {
        name,
        network: text("VpcId").unwrap_or(network),
        instance: moved.unwrap_or(instance),
        port: call.params.number("Port")?.unwrap_or(port),
        address,
        scheme,
        host: text("VpcTargetHostName").or(host),
        description,
    })
}
