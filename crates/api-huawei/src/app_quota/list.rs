//! Looks at app quotas.

use super::found;
use super::view::view;
use crate::answer::{Answer, object, page};
use crate::call::Call;
use crate::fault::codes;
use crate::scope;

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let quotas = call.context.list_app_quotas(call.query.value("name"), &wanted.paging()).await?;
    let total = quotas.total.unwrap_or_default();
    let mut rows = Vec::with_capacity(quotas.items.len());
    for quota in quotas.items.into_iter().flatten() {
        rows.push(view(call, &quota).await?);
    }
    page("quotas", rows, total)
}

pub(crate) async fn show(call: &Call) -> Answer {
    object(view(call, &found(call).await?).await?)
}

/// The quota of an app.
pub(crate) async fn of_app(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?.value;
    let missing = || codes::NO_APP_QUOTA.with(format!("the app {} has none", app.id));
    let quota = call.context.read_app_quota(app.quota.ok_or_else(missing)?.id).await?;
    object(view(call, &quota).await?)
}
