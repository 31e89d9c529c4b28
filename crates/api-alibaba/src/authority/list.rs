//! `DescribeAuthorizedApps` and `DescribeAuthorizedApis`.

use paifang_control::{GrantFilter, Stored};
use paifang_model::{App, Grant};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::listing::{PageNumber, everything};
use crate::time;

const AT_MOST: u32 = 100;

/// The apps that may call an API.
pub(crate) async fn apps(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    call.params.refuse("AppOwnerId", "there is one owner of apps")?;
    let api = call.api().await?.0.value.id;
    let stage = call.stage_if_named().await?.map(|stage| stage.value.id);
    let app = match call.params.text("AppId") {
        Some(number) => Some(call.app_numbered(number).await?.value.id),
        None => None,
    };
    let filter = GrantFilter { app, api: Some(api), stage, group: None };
    let name = call.params.text("AppName");
    let mut found = Vec::new();
    for grant in everything(async |paging| call.control.list_grants(filter, &paging).await).await? {
        let app = call.app_of(grant.value.app).await?.value;
        if name.is_none_or(|name| app.name == name) {
            found.push((grant, app));
        }
    }
    let listed = page.cut(found);
    let mut shown = Vec::new();
    for (grant, app) in &listed.items {
        shown.push(authorized_app(call, grant, app).await?);
    }
    Ok(listed.with(shown).answer("AuthorizedApps", "AuthorizedApp", |app| app))
}

async fn authorized_app(call: &Call<'_>, grant: &Stored<Grant>, app: &App) -> Result<Value, Fault> {
    let stage = call.control.read_stage(grant.value.stage).await?.value;
    Ok(json!({
        "AppId": app.number,
        "AppName": app.name,
        "AppDescription": app.description,
        "StageName": stage.name,
        "StageAlias": stage.name,
        "Description": grant.value.remark,
        "AuthorizationSource": "API",
        "Operator": "PROVIDER",
        "AuthorizedTime": time::written(grant.updated_at),
        "AuthVaildTime": valid_until(&grant.value),
    }))
}

/// The APIs that an app may call.
pub(crate) async fn apis(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let app = call.app().await?.value.id;
    let filter = GrantFilter { app: Some(app), ..GrantFilter::default() };
    let stages = call.stages().await?;
    let mut found = Vec::new();
    for grant in everything(async |paging| call.control.list_grants(filter, &paging).await).await? {
        // A grant is for a stage of its API's dialect.
        if let Some(stage) = stages.iter().find(|stage| stage.value.id == grant.value.stage) {
            found.push((grant, stage.value.name.as_str()));
        }
    }
    let listed = page.cut(found);
    let mut shown = Vec::new();
    for (grant, stage) in &listed.items {
        shown.push(authorized_api(call, grant, stage).await?);
    }
    Ok(listed.with(shown).answer("AuthorizedApis", "AuthorizedApi", |api| api))
}

async fn authorized_api(call: &Call<'_>, grant: &Stored<Grant>, stage: &str) -> Result<Value, Fault> {
    let api = call.control.read_api(grant.value.api).await?.value;
    let group = call.control.read_group(api.group).await?.value;
    Ok(json!({
        "ApiId": api.id,
        "ApiName": api.definition.name,
        "Description": api.definition.description,
        "GroupId": group.id,
        "GroupName": group.name,
        "RegionId": call.region,
        "StageName": stage,
        "AuthorizationSource": "API",
        "Operator": "PROVIDER",
        "AuthorizedTime": time::written(grant.updated_at),
        "AuthVaildTime": valid_until(&grant.value),
    }))
}

/// Empty when it never ends.
fn valid_until(grant: &Grant) -> String {
    grant.until.map(time::written_http).unwrap_or_default()
}
