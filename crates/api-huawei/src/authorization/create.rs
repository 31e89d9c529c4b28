//! Authorizes apps, and takes it back. Spec: huawei/lifecycle.md.

use futures_util::{StreamExt as _, stream};
use paifang_control::{ERRANDS_AT_ONCE, Errand, Error, Performed, Stored};
use paifang_model::id::{AppId, GrantId, StageId};
use paifang_model::{Api, App, Grant, Kind};
use serde_json::{Value, json};

use crate::answer::{Answer, nothing, object, without_nulls};
use crate::call::Call;
use crate::fault::{Fault, codes, not_found};
use crate::{scope, time};

/// Pairs of one request. Spec: huawei/console-and-quotas.md.
const AT_ONCE: usize = 1_000;

pub(crate) async fn create(call: &Call) -> Answer {
    let (env, apps, apis) = call.read(|body| {
        for name in ["app_ids", "api_ids"] {
            body.demand(name);
        }
        let (apps, apis) = (body.texts("app_ids"), body.texts("api_ids"));
        let pairs = apps.len().saturating_mul(apis.len());
        if !(1..=AT_ONCE).contains(&pairs) {
            let message = format!("these are {pairs} pairs of app and API: 1 to {AT_ONCE} are allowed");
            body.complain(codes::INVALID_VALUE, "api_ids", message);
        }
        (body.required("env_id").to_owned(), apps, apis)
    })?;
    let stage = scope::environment(&call.context, &env).await?.value.id;
    let (apps, apis) = (found_apps(call, &apps).await?, found_apis(call, &apis).await?);
    let pairs = apis.iter().flat_map(|api| apps.iter().map(move |app| (api, app)));
    let each: Vec<_> = pairs.map(|(api, app)| one(call, api, app, stage)).collect();
    let auths: Vec<Value> = stream::iter(each).buffered(ERRANDS_AT_ONCE).collect().await;
    object(json!({ "auths": auths }))
}

async fn found_apps(call: &Call, ids: &[String]) -> Result<Vec<App>, Fault> {
    let mut apps = Vec::with_capacity(ids.len());
    for id in ids {
        apps.push(scope::app(&call.context, id).await?.value);
    }
    Ok(apps)
}

async fn found_apis(call: &Call, ids: &[String]) -> Result<Vec<Api>, Fault> {
    let mut apis = Vec::with_capacity(ids.len());
    for id in ids {
        apis.push(scope::api(&call.context, id).await?.0.value);
    }
    Ok(apis)
}

/// Authorizes one app for one API, and tells how it went.
async fn one(call: &Call, api: &Api, app: &App, stage: StageId) -> Value {
    let (status, grant, error) = match authorize(call, api, app.id, stage).await {
        Ok((status, grant)) => (status, Some(grant), None),
        Err(fault) => ("FAILED", None, Some(fault.members())),
    };
    let (code, message) = error.unzip();
    without_nulls(json!({
        "id": grant.as_ref().map(|grant| grant.value.id),
        "api_id": api.id,
        "app_id": app.id,
        "auth_time": grant.map(|grant| time::rfc3339(grant.created_at)),
        "auth_role": "PROVIDER",
        "auth_tunnel": "NORMAL",
        "auth_result": without_nulls(json!({
            "status": status,
            "error_code": code,
            "error_msg": message,
            "api_name": api.definition.name,
            "app_name": app.name,
        })),
    }))
}

async fn authorize(
    call: &Call,
    api: &Api,
    app: AppId,
    stage: StageId,
) -> Result<(&'static str, Stored<Grant>), Fault> {
    match call.context.read_grant(Grant::id_of(app, api.id, stage)).await {
        Ok(there) => return Ok(("SKIPPED", there)),
        Err(Error::NotFound { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    // As in the cloud, what is authorized is a publication.
    let deployment = call.context.read_deployment(api.id, stage).await?;
    if !deployment.value.online {
        return Err(codes::NOT_PUBLISHED.fault());
    }
    let errand = Errand::Grant { app, api: api.id, stage, until: None, remark: String::new() };
    match call.context.perform(&errand).await? {
        Performed::Granted(grant) => Ok(("SUCCESS", grant)),
        // Somebody else was faster.
        Performed::AlreadyGranted(grant) => Ok(("SKIPPED", grant)),
        _ => Err(codes::FAILED.fault()),
    }
}

pub(crate) async fn cancel(call: &Call) -> Answer {
    let text = call.path("app_auth_id");
    let id: GrantId = scope::id("id", text)?;
    let grant = call.context.read_grant(id).await?.value;
    let stages = scope::environments(&call.context).await?;
    if !stages.iter().any(|stage| stage.value.id == grant.stage) {
        return Err(not_found(Kind::Grant, text));
    }
    call.context.revoke_grants(&[id]).await?;
    nothing()
}
