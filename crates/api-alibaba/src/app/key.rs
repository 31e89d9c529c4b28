//! `CreateAppKey`, `DeleteAppKey` and `ResetAppSecret`, which names the key alone.

use paifang_control::AppKeyDraft;
use paifang_model::id::AppId;
use paifang_model::{AppKey, Secret};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

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
    let app = call.control.find_app_of_key(key).await?.value.id;
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
