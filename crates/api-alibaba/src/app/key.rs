//! `CreateAppKey`, `DeleteAppKey` and `ResetAppSecret`, which names the key alone.

use paifang_control::{AppFilter, AppKeyDraft};
use paifang_model::id::AppId;
use paifang_model::{AppKey, Secret};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::listing::everything;

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let app = call.app().await?.value.id;
    add(call, app, "AppKey", "AppSecret").await?;
    Ok(json!({}))
}

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let app = call.app().await?.value.id;
    let key = AppKey::id_of(call.params.required("AppKey")?);
    call.control.delete_app_key(app, key).await?;
    Ok(json!({}))
}

/// `ResetAppSecret`: another secret, or another key in place of this one.
pub(crate) async fn reset(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    let key = params.required("AppKey")?;
    let app = holder(call, key).await?;
    let id = AppKey::id_of(key);
    if params.text("NewAppKey").is_some_and(|new| new != key) {
        add(call, app, "NewAppKey", "NewAppSecret").await?;
        call.control.delete_app_key(app, id).await?;
    } else {
        let secret = params.text("NewAppSecret").map(Secret::new);
        call.control.reset_app_secret(app, id, secret).await.map_err(Fault::of(Sent::AppKey))?;
    }
    Ok(json!({}))
}

async fn add(call: &Call<'_>, app: AppId, key: &'static str, secret: &'static str) -> Result<(), Fault> {
    let draft = AppKeyDraft {
        key: call.params.text(key).map(str::to_owned),
        secret: call.params.text(secret).map(Secret::new),
    };
    call.control.add_app_key(app, &draft).await.map_err(Fault::of(Sent::AppKey))?;
    Ok(())
}

/// The app that holds a key. Control finds keys by their app alone, so that all apps are gone through.
async fn holder(call: &Call<'_>, key: &str) -> Result<AppId, Fault> {
    let filter = AppFilter::default();
    for app in everything(async |paging| call.control.list_apps(&filter, &paging).await).await? {
        let app = app.value.id;
        let keys = everything(async |paging| call.control.list_app_keys(app, &paging).await).await?;
        if keys.iter().any(|there| there.value.key == key) {
            return Ok(app);
        }
    }
    Err(Fault::not_found("AppKey"))
}
