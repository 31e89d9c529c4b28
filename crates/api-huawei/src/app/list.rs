//! Looks at apps.

use paifang_control::{AppFilter, Error, Stored};
use paifang_model::App;
use serde_json::{Value, json};

use super::view::{bound, key, view, with_key};
use crate::answer::{Answer, object, page, page_of};
use crate::ask::Query;
use crate::call::Call;
use crate::fault::{Complaints, Fault, codes};
use crate::scope;

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    refuse_other_tenants(&call.query)?;
    let name = call.query.value("name").map(str::to_owned);
    let (name, name_contains) = if call.query.is_precise("name") { (name, None) } else { (None, name) };
    let filter = &AppFilter { name, name_contains, quota: None };
    let (apps, total) = if asks_more(call) {
        page_of(wanted, judged(call, candidates(call, filter).await?).await?)
    } else {
        let found = call.context.list_apps(filter, &wanted.paging()).await?;
        let total = found.total.unwrap_or_default();
        (found.items.into_iter().flatten().collect(), total)
    };
    let mut rows = Vec::with_capacity(apps.len());
    for app in &apps {
        // Secrets are shown one at a time: each is remembered in the audit trail.
        let mut row = with_key(app, &key(call, app.value.id).await?, None);
        row.insert("bind_num".to_owned(), json!(bound(call, app.value.id).await?));
        rows.push(Value::Object(row));
    }
    page("apps", rows, total)
}

/// Whether what the store does not look at was asked for.
fn asks_more(call: &Call) -> bool {
    ["id", "status", "app_key", "creator"].iter().any(|name| call.query.value(name).is_some())
}

/// Apps have one owner, and are not linked to projects of others.
fn refuse_other_tenants(query: &Query) -> Result<(), Fault> {
    let mut complaints = Complaints::default();
    for name in ["related_domain_id", "related_project_id"] {
        if query.value(name).is_some() {
            complaints.add(codes::NOT_OFFERED, name, "apps are not related to other accounts");
        }
    }
    complaints.or(())
}

/// The apps with the name that is asked for; of a key that is asked for, the one that has it.
async fn candidates(call: &Call, filter: &AppFilter) -> Result<Vec<Stored<App>>, Fault> {
    let context = &call.context;
    let Some(key) = call.query.value("app_key") else {
        return scope::all(|paging| async move { context.list_apps(filter, &paging).await }).await;
    };
    match context.find_app_of_key(key).await {
        Ok(app) if named(&app.value, filter) => Ok(vec![app]),
        Ok(_) | Err(Error::NotFound { .. }) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn named(app: &App, AppFilter { name, name_contains, .. }: &AppFilter) -> bool {
    let lower = app.name.to_ascii_lowercase();
    name.as_ref().is_none_or(|name| *name == app.name)
        && name_contains.as_ref().is_none_or(|part| lower.contains(&part.to_ascii_lowercase()))
}

async fn judged(call: &Call, apps: Vec<Stored<App>>) -> Result<Vec<Stored<App>>, Fault> {
    let asked = |name: &str, value: &str| call.query.value(name).is_none_or(|asked| asked == value);
    let mut kept = Vec::new();
    for app in apps {
        let plain =
            asked("id", &app.value.id.to_string()) && asked("status", "1") && asked("creator", "USER");
        if plain && asked("app_key", &key(call, app.value.id).await?.key) {
            kept.push(app);
        }
    }
    Ok(kept)
}

pub(crate) async fn show(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?;
    object(Value::Object(view(call, &app).await?))
}

/// Whether there is such an app.
pub(crate) async fn validate(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?.value;
    object(json!({ "id": app.id, "name": app.name, "remark": app.description }))
}
