//! `ModifyVpcAccessAndUpdateApis`: an access leads elsewhere. Its APIs follow with their next call, so that nothing is left to be
//! done once this is answered, and the operation is named by the access.

use std::net::IpAddr;

use paifang_control::{BackendAccessDraft, Error};
use paifang_model::BackendAccess;
use paifang_model::id::BackendAccessId;
use serde_json::{Value, json};

use super::find::by_name;
use super::users::{self, User};
use crate::api::SUCCESS;
use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let access = by_name(call, call.params.required("Name")?).await?;
    let id = access.value.id;
    if call.params.flag("NeedBatchWork")? == Some(false) && !users::of(call, id).await?.is_empty() {
        return Err(Fault::unsupported("NeedBatchWork", "false", "APIs follow their access at once"));
    }
    let draft = draft(call, access.value)?;
    let changed = call.control.update_backend_access(id, draft, Some(access.revision)).await;
    changed.map_err(Fault::of(Sent::Access))?;
    Ok(json!({ "OperationId": id }))
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

/// `DescribeUpdateVpcInfoTask`: the APIs that follow an access, all of which have.
pub(crate) async fn task(call: &Call<'_>) -> Result<Value, Fault> {
    const OPERATION: &str = "Operation";
    let access = BackendAccessId(call.params.required_id("OperationUid", OPERATION)?);
    match call.control.read_backend_access(access).await {
        Err(Error::NotFound { .. }) => return Err(Fault::not_found(OPERATION)),
        found => found?,
    };
    let mut results = Vec::new();
    for user in users::of(call, access).await? {
        results.push(result(call, &user).await?);
    }
    Ok(json!({ "ApiUpdateVpcInfoResults": { "ApiUpdateVpcInfoResult": results } }))
}

async fn result(call: &Call<'_>, user: &User) -> Result<Value, Fault> {
    let version = call.control.read_version(user.deployment.version).await?.value;
    let (status, sentence) = SUCCESS;
    Ok(json!({
        "ApiUid": user.deployment.api,
        "ApiName": version.definition.name,
        "GroupId": user.group.id,
        "GroupName": user.group.name,
        "StageId": user.stage.id,
        "StageName": user.stage.name,
        "UpdateStatus": status,
        "ErrorMsg": sentence,
    }))
}
