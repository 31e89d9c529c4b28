//! Looks at plug-ins.

use paifang_control::{PolicyFilter, Stored};
use paifang_model::{Policy, PolicyKind};
use serde_json::Value;

use super::view::view;
use super::{SORT, type_of};
use crate::DIALECT;
use crate::answer::{Answer, object, page, page_of};
use crate::call::Call;
use crate::fault::Fault;
use crate::scope;

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let (plugins, total) = page_of(wanted, all(call).await?);
    page("plugins", plugins.iter().map(|plugin| Value::Object(view(plugin))).collect(), total)
}

pub(crate) async fn show(call: &Call) -> Answer {
    let plugin = SORT.found(call, "plugin_id", call.path("plugin_id")).await?;
    object(Value::Object(view(&plugin)))
}

/// The plug-ins that are asked for.
pub(super) async fn all(call: &Call) -> Result<Vec<Stored<Policy>>, Fault> {
    let filter = PolicyFilter {
        dialect: Some(DIALECT),
        family: Some(PolicyKind::RateLimit),
        ..PolicyFilter::default()
    };
    let (context, filter) = (&call.context, &filter);
    let mut all = scope::all(|paging| async move { context.list_policies(filter, &paging).await }).await?;
    all.retain(|plugin| is_asked_for(call, &plugin.value));
    Ok(all)
}

pub(super) fn is_asked_for(call: &Call, plugin: &Policy) -> bool {
    let query = &call.query;
    let named = |name: &str| match query.is_precise("plugin_name") {
        true => plugin.name == name,
        false => plugin.name.to_lowercase().contains(&name.to_lowercase()),
    };
    query.value("plugin_id").is_none_or(|id| plugin.id.to_string() == id)
        && query.value("plugin_name").is_none_or(named)
        && query.value("plugin_type").is_none_or(|wanted| type_of(plugin.kind) == Some(wanted))
        && query.value("plugin_scope").is_none_or(|wanted| wanted == "global")
}
