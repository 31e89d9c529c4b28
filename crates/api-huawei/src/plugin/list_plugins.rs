//! The plug-ins that an API has, or could have.

use std::collections::HashSet;

use paifang_control::{BindingFilter, Stored};
use paifang_model::Binding;
use paifang_model::id::PolicyId;
use serde_json::Value;

use super::list::{all, is_asked_for};
use super::{SORT, view};
use crate::answer::{Answer, page, page_of};
use crate::call::Call;
use crate::fault::Fault;
use crate::scope;

/// Those that are attached to an API, in one environment or in all.
pub(crate) async fn attached(call: &Call) -> Answer {
    let wanted = call.page()?;
    let bindings = bindings(call).await?;
    let stages = scope::environments(&call.context).await?;
    let mut rows = Vec::new();
    for binding in &bindings {
        let stage = stages.iter().map(|stage| &stage.value).find(|stage| stage.id == binding.value.stage);
        let plugin = call.context.read_policy(binding.value.policy).await?;
        let Some(stage) = stage.filter(|_| SORT.has(&plugin.value) && is_asked_for(call, &plugin.value))
        else {
            continue;
        };
        if call.query.value("env_name").is_none_or(|name| stage.name == name) {
            let mut row = view::view(&plugin);
            row.extend(view::place(binding, stage));
            rows.push(Value::Object(row));
        }
    }
    let (rows, total) = page_of(wanted, rows);
    page("plugins", rows, total)
}

/// Those that are not attached to an API in an environment.
pub(crate) async fn attachable(call: &Call) -> Answer {
    let wanted = call.page()?;
    let there: HashSet<PolicyId> = bindings(call).await?.iter().map(|one| one.value.policy).collect();
    call.query.required("env_id")?;
    let mut others = all(call).await?;
    others.retain(|plugin| !there.contains(&plugin.value.id));
    let (others, total) = page_of(wanted, others);
    page("plugins", others.iter().map(|plugin| Value::Object(view::view(plugin))).collect(), total)
}

async fn bindings(call: &Call) -> Result<Vec<Stored<Binding>>, Fault> {
    let api = scope::api(&call.context, call.path("api_id")).await?.0.value.id;
    let stage = match call.query.value("env_id") {
        Some(stage) => Some(scope::environment(&call.context, stage).await?.value.id),
        None => None,
    };
    let filter = BindingFilter { api: Some(api), stage, ..BindingFilter::default() };
    let context = &call.context;
    scope::all(|paging| async move { context.list_bindings(filter, &paging).await }).await
}
