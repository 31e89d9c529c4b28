//! An app as the interface shows it. Spec: huawei/lifecycle.md.

use paifang_control::{Action, AppKeyInfo, GrantFilter, Paging, Stored, may};
use paifang_model::id::AppId;
use paifang_model::{App, Kind, Secret};
use serde_json::{Map, Value, json};

use crate::answer::members;
use crate::call::Call;
use crate::fault::{Fault, not_found};
use crate::group::times_of;
use crate::scope;

/// An app with its key. Whoever may not see secrets gets none.
pub(super) async fn view(call: &Call, app: &Stored<App>) -> Result<Map<String, Value>, Fault> {
    let key = key(call, app.value.id).await?;
    let secret = match may(call.context.principal().role, Action::RevealAppKey) {
        true => Some(call.context.reveal_app_key(app.value.id, key.id).await?),
        false => None,
    };
    Ok(with_key(app, &key, secret.as_ref()))
}

pub(super) fn with_key(app: &Stored<App>, key: &AppKeyInfo, secret: Option<&Secret>) -> Map<String, Value> {
    let mut all = members(json!({
        "id": app.value.id,
        "name": app.value.name,
        "remark": app.value.description,
        "creator": "USER",
        "app_key": key.key,
        "app_secret": secret.map(Secret::expose),
        "status": 1,
        "app_type": "apig",
    }));
    all.extend(times_of(app));
    all
}

/// The app's oldest key.
pub(crate) async fn key(call: &Call, app: AppId) -> Result<AppKeyInfo, Fault> {
    let keys = call.context.list_app_keys(app, &Paging::default().limit(1)).await?;
    let oldest = keys.items.into_iter().flatten().next();
    oldest.map(|key| key.value).ok_or_else(|| not_found(Kind::AppKey, &app.to_string()))
}

/// How many APIs of the dialect it is authorized for, an environment each.
pub(super) async fn bound(call: &Call, app: AppId) -> Result<usize, Fault> {
    let filter = GrantFilter { app: Some(app), ..GrantFilter::default() };
    let context = &call.context;
    let grants = scope::all(|paging| async move { context.list_grants(filter, &paging).await }).await?;
    if grants.is_empty() {
        return Ok(0);
    }
    let stages = scope::environments(context).await?;
    let ours = |grant: &&Stored<_>| {
        let grant: &paifang_model::Grant = &grant.value;
        stages.iter().any(|stage| stage.value.id == grant.stage)
    };
    Ok(grants.iter().filter(ours).count())
}
