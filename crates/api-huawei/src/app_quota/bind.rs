//! Which apps have a quota. An app has one at most: binding it to another one takes it from the first.

use std::collections::HashMap;

use paifang_control::{AppFilter, Stored};
use paifang_model::App;
use paifang_model::id::{AppId, AppQuotaId};
use serde_json::{Value, json};

use super::{fault, found};
use crate::answer::{Answer, nothing, object, page, page_of, without_nulls};
use crate::app;
use crate::call::Call;
use crate::fault::Fault;
use crate::group::times_of;
use crate::{scope, time};

/// Binds apps, all of them or none.
pub(crate) async fn bind(call: &Call) -> Answer {
    let quota = found(call).await?.value.id;
    let ids = call.read(|body| {
        body.demand("app_ids");
        body.texts("app_ids")
    })?;
    let ids: Vec<AppId> = ids.iter().map(|id| scope::id("app_ids", id)).collect::<Result<_, _>>()?;
    let apps = call.context.bind_app_quota(quota, &ids).await.map_err(fault)?;
    let applies: Vec<Value> = apps.iter().map(|app| binding(&app.value)).collect();
    object(json!({ "applies": applies }))
}

fn binding(app: &App) -> Value {
    json!({
        "app_quota_id": app.quota.map(|quota| quota.id),
        "app_id": app.id,
        "bound_time": app.quota.map(|quota| time::rfc3339(quota.since)),
    })
}

pub(crate) async fn unbind(call: &Call) -> Answer {
    let quota = found(call).await?.value.id;
    let app = scope::app(&call.context, call.path("app_id")).await?.value.id;
    call.context.unbind_app_quota(quota, app).await.map_err(fault)?;
    nothing()
}

/// The apps that have a quota.
pub(crate) async fn bound(call: &Call) -> Answer {
    let (wanted, quota) = (call.page()?, found(call).await?.value.id);
    let filter = AppFilter { quota: Some(quota), ..filter(call) };
    let apps = call.context.list_apps(&filter, &wanted.paging()).await?;
    let total = apps.total.unwrap_or_default();
    page("apps", rows(call, apps.items.into_iter().flatten().collect()).await?, total)
}

/// The apps that do not have it; some of them may have another one.
pub(crate) async fn bindable(call: &Call) -> Answer {
    let (wanted, quota) = (call.page()?, found(call).await?.value.id);
    let (context, filter) = (&call.context, &filter(call));
    let mut all = scope::all(|paging| async move { context.list_apps(filter, &paging).await }).await?;
    all.retain(|app| app.value.quota.is_none_or(|bound| bound.id != quota));
    let (apps, total) = page_of(wanted, all);
    page("apps", rows(call, apps).await?, total)
}

fn filter(call: &Call) -> AppFilter {
    AppFilter { name_contains: call.query.value("app_name").map(str::to_owned), ..AppFilter::default() }
}

async fn rows(call: &Call, apps: Vec<Stored<App>>) -> Result<Vec<Value>, Fault> {
    let (mut rows, mut names) = (Vec::with_capacity(apps.len()), HashMap::new());
    for app in &apps {
        rows.push(row(call, app, &mut names).await?);
    }
    Ok(rows)
}

/// An app, with the quota that it has.
async fn row(
    call: &Call,
    app: &Stored<App>,
    names: &mut HashMap<AppQuotaId, String>,
) -> Result<Value, Fault> {
    let App { id, name, description, quota, .. } = &app.value;
    if let Some(bound) = quota
        && !names.contains_key(&bound.id)
    {
        names.insert(bound.id, call.context.read_app_quota(bound.id).await?.value.name);
    }
    let mut row = json!({
        "app_id": id,
        "name": name,
        "status": 1,
        "app_key": app::key(call, *id).await?.key,
        "remark": description,
        "app_quota_id": quota.map(|quota| quota.id),
        "app_quota_name": quota.and_then(|quota| names.get(&quota.id)),
        "bound_time": quota.map(|quota| time::rfc3339(quota.since)),
    });
    for (name, value) in times_of(app) {
        row[name] = value;
    }
    Ok(without_nulls(row))
}
