//! `CreateAppCode`, `DeleteAppCode` and `ResetAppCode`, which names the code alone.

use paifang_control::AppCodeInfo;
use paifang_model::Secret;
use paifang_model::id::AppId;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let app = call.app().await?.value.id;
    add(call, app, call.params.text("AppCode")).await?;
    Ok(json!({}))
}

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let app = call.app().await?.value.id;
    let code = call.control.find_app_code(Secret::new(call.params.required("AppCode")?)).await?.value.id;
    call.control.delete_app_code(app, code).await?;
    Ok(json!({}))
}

/// `ResetAppCode`: the old code makes room first, and comes back when the new one cannot be had.
pub(crate) async fn reset(call: &Call<'_>) -> Result<Value, Fault> {
    let old = call.params.required("AppCode")?;
    let AppCodeInfo { id, app, .. } = call.control.find_app_code(Secret::new(old)).await?.value;
    call.control.delete_app_code(app, id).await?;
    if let Err(fault) = add(call, app, call.params.text("NewAppCode")).await {
        add(call, app, Some(old)).await?;
        return Err(fault);
    }
    Ok(json!({}))
}

async fn add(call: &Call<'_>, app: AppId, code: Option<&str>) -> Result<(), Fault> {
    let made = call.control.create_app_code(app, code.map(Secret::new)).await;
    made.map(drop).map_err(Fault::of(Sent::AppCode))
}
