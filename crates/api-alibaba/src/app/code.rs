//! `CreateAppCode`, `DeleteAppCode` and `ResetAppCode`, which names the code alone.

use paifang_control::AppFilter;
use paifang_model::id::{AppCodeId, AppId};
use paifang_model::{AppCode, Secret};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::listing::everything;

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let app = call.app().await?.value.id;
    add(call, app, call.params.text("AppCode")).await?;
    Ok(json!({}))
}

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let app = call.app().await?.value.id;
    let code = AppCode::id_of(call.params.required("AppCode")?.as_bytes());
    call.control.delete_app_code(app, code).await?;
    Ok(json!({}))
}

/// `ResetAppCode`: the old code makes room first, and comes back when the new one cannot be had.
pub(crate) async fn reset(call: &Call<'_>) -> Result<Value, Fault> {
    let old = call.params.required("AppCode")?;
    let id = AppCode::id_of(old.as_bytes());
    let app = holder(call, id).await?;
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

/// The app that holds a code. Control finds codes by their app alone, so that all apps are gone through.
async fn holder(call: &Call<'_>, code: AppCodeId) -> Result<AppId, Fault> {
    let filter = AppFilter::default();
    for app in everything(async |paging| call.control.list_apps(&filter, &paging).await).await? {
        let app = app.value.id;
        let codes = everything(async |paging| call.control.list_app_codes(app, &paging).await).await?;
        if codes.iter().any(|there| there.value.id == code) {
            return Ok(app);
        }
    }
    Err(Fault::not_found("AppCode"))
}
