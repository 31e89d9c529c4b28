//! `RemoveAppsAuthorities` and `RemoveApisAuthorities`.

use paifang_model::Grant;
use paifang_model::id::{ApiId, AppId};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

/// One API, many apps.
pub(crate) async fn of_apps(call: &Call<'_>) -> Result<Value, Fault> {
    let api = call.api().await?.0.value.id;
    let apps = super::named_apps(call).await?;
    remove(call, apps.into_iter().map(|app| (app, api))).await
}

/// One app, many APIs.
pub(crate) async fn of_apis(call: &Call<'_>) -> Result<Value, Fault> {
    let app = call.app().await?.value.id;
    let apis = call.apis().await?;
    remove(call, apis.into_iter().map(|api| (app, api))).await
}

async fn remove(call: &Call<'_>, pairs: impl Iterator<Item = (AppId, ApiId)>) -> Result<Value, Fault> {
    let stage = call.stage().await?.value.id;
    let grants: Vec<_> = pairs.map(|(app, api)| Grant::id_of(app, api, stage)).collect();
    call.control.revoke_grants(&grants).await.map_err(Fault::of(Sent::Grants))?;
    Ok(json!({}))
}
