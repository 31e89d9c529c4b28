//! `DescribePluginApis`.

use paifang_control::BindingFilter;
use paifang_model::{Api, Group};
use serde_json::{Value, json};

use crate::call::Call;
use crate::definition::{METHODS, outline, word};
use crate::fault::Fault;
use crate::listing::{PageNumber, everything};

const AT_MOST: u32 = 100;

/// The APIs that a plug-in is attached to; with conditions, those that meet all of them.
pub(crate) async fn apis(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    let page = PageNumber::of(params, AT_MOST)?;
    let plugin = super::named(call).await?.value.id;
    let group = match params.text("GroupId") {
        Some(_) => Some(call.group().await?.value.id),
        None => None,
    };
    let filter = BindingFilter { policy: Some(plugin), group, ..BindingFilter::default() };
    let stages = call.stages().await?;
    let mut found = Vec::new();
    for binding in everything(async |paging| call.control.list_bindings(filter, &paging).await).await? {
        let api = call.control.read_api(binding.value.api).await?;
        let stage = stages.iter().find(|stage| stage.value.id == binding.value.stage);
        if fits(call, &api.value) {
            found.push((api, stage.map(|stage| stage.value.name.as_str()).unwrap_or_default()));
        }
    }
    let listed = page.cut(found);
    let mut shown = Vec::with_capacity(listed.items.len());
    for (api, stage) in &listed.items {
        let group = call.control.read_group(api.value.group).await?.value;
        shown.push(summary(call, &api.value, &group, stage));
    }
    Ok(listed.with(shown).answer("ApiSummarys", "ApiPluginSummary", |summary| summary))
}

fn fits(call: &Call<'_>, api: &Api) -> bool {
    let (params, definition) = (call.params, &api.definition);
    let contains = |parameter, text: &str| {
        params.text(parameter).is_none_or(|part| text.to_lowercase().contains(&part.to_lowercase()))
    };
    let method = word(METHODS, &definition.request.method).unwrap_or("POST");
    params.text("ApiId").is_none_or(|id| id == api.id.to_string())
        && contains("ApiName", &definition.name)
        && contains("Description", &definition.description)
        && contains("Path", definition.request.path.as_str())
        && params.text("Method").is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
}

fn summary(call: &Call<'_>, api: &Api, group: &Group, stage: &str) -> Value {
    let mut summary = outline(api.id, &api.definition, group);
    summary["RegionId"] = json!(call.region);
    summary["StageName"] = json!(stage);
    summary["StageAlias"] = json!(stage);
    summary
}
