//! Looks at apps.

use paifang_control::{AppFilter, Stored};
use paifang_model::App;
use serde_json::{Value, json};

use super::view::{bound, key, view, with_key};
use crate::answer::{Answer, object, page, page_of};
use crate::call::Call;
use crate::fault::Fault;
use crate::scope;

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let name = call.query.value("name").map(str::to_owned);
    let (name, name_contains) = if call.query.is_precise("name") { (name, None) } else { (None, name) };
    let filter = &AppFilter { name, name_contains };
    let (apps, total) = if asks_more(call) {
        let context = &call.context;
        let all = scope::all(|paging| async move { context.list_apps(filter, &paging).await }).await?;
        page_of(wanted, judged(call, all).await?)
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
