//! `RemoveVpcAccess` and `RemoveVpcAccessAndAbolishApis`. With the APIs that are served through it, an access goes at once and
//! they go offline by a task; an API that names it goes on to name it, and is published again when an access has that name.

use paifang_control::{Retired, Stored};
use paifang_model::BackendAccess;
use serde_json::{Value, json};

use super::find::by_place;
use super::operation;
use crate::call::Call;
use crate::fault::{Fault, Sent};

/// `RemoveVpcAccess`: of one that is used only with `NeedBatchWork`, and then it tells what goes offline.
pub(crate) async fn remove(call: &Call<'_>) -> Result<Value, Fault> {
    let access = named(call).await?;
    if call.params.flag("NeedBatchWork")? != Some(true) {
        return delete(call, &access).await.map(|()| json!({ "Apis": { "Api": [] } }));
    }
    let served = retire(call, &access).await?.served;
    let stages = call.stages().await?;
    // An access knows no dialect, and the APIs of the other one are not shown here.
    let is_ours = |stage| stages.iter().any(|known| known.value.id == stage);
    let served = served.into_iter().filter(|serving| is_ours(serving.stage));
    let api = |api, group, stage| json!({ "ApiId": api, "GroupId": group, "StageId": stage });
    let apis: Vec<Value> = served.map(|serving| api(serving.api, serving.group, serving.stage)).collect();
    Ok(json!({ "Apis": { "Api": apis } }))
}

/// `RemoveVpcAccessAndAbolishApis`: `DescribeAbolishApiTask` tells how that goes.
pub(crate) async fn remove_and_abolish(call: &Call<'_>) -> Result<Value, Fault> {
    let access = named(call).await?;
    match call.params.flag("NeedBatchWork")? {
        Some(false) => delete(call, &access).await.map(|()| operation(None)),
        _ => Ok(operation(retire(call, &access).await?.task)),
    }
}

async fn named(call: &Call<'_>) -> Result<Stored<BackendAccess>, Fault> {
    let (network, instance) = (call.params.required("VpcId")?, call.params.required("InstanceId")?);
    by_place(call, network, instance, call.params.required_number("Port")?).await
}

async fn delete(call: &Call<'_>, access: &Stored<BackendAccess>) -> Result<(), Fault> {
    Ok(call.control.delete_backend_access(access.value.id, None).await?)
}

async fn retire(call: &Call<'_>, access: &Stored<BackendAccess>) -> Result<Retired, Fault> {
    let retired = call.control.retire_backend_access(access.value.id, Some(access.revision)).await;
    retired.map_err(Fault::of(Sent::Access))
}
