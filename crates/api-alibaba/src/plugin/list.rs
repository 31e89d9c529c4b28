//! `DescribePlugins` and `DescribePluginsByApi`.

use paifang_control::{BindingFilter, PolicyFilter};
use serde_json::{Value, json};

use super::view;
use crate::call::{Call, DIALECT};
use crate::fault::Fault;
use crate::listing::{PageNumber, everything};
use crate::params::Tags;

const AT_MOST: u32 = 100;

/// The plug-ins of the account; with conditions, those that meet all of them.
pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    let page = PageNumber::of(params, AT_MOST)?;
    Tags::refuse(params, "plug-ins have no tags yet")?;
    let kind = params.text("PluginType").map(|name| super::kind_of("PluginType", name)).transpose()?;
    let filter = PolicyFilter {
        dialect: Some(DIALECT),
        kind,
        family: None,
        name: None,
        name_contains: params.text("PluginName").map(str::to_owned),
    };
    let listed = if params.text("PluginId").is_some() {
        let plugin = super::named(call).await?;
        let part = filter.name_contains.unwrap_or_default().to_lowercase();
        let fits = plugin.value.name.to_lowercase().contains(&part)
            && kind.is_none_or(|kind| kind == plugin.value.kind);
        page.cut(fits.then_some(plugin).into_iter().collect())
    } else {
        page.given(call.control.list_policies(&filter, &page.paging()).await?)
    };
    let mut shown = Vec::with_capacity(listed.items.len());
    for plugin in &listed.items {
        let mut plugin = view::shown(call, plugin).await?;
        plugin["Tags"] = json!({ "TagInfo": [] });
        shown.push(plugin);
    }
    Ok(listed.with(shown).answer("Plugins", "PluginAttribute", |plugin| plugin))
}

/// The plug-ins that are attached to an API in a stage.
pub(crate) async fn of_api(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    call.group().await?;
    let (api, stage) = (call.api().await?.0.value.id, call.stage().await?.value.id);
    let filter = BindingFilter { api: Some(api), stage: Some(stage), ..BindingFilter::default() };
    let bindings = everything(async |paging| call.control.list_bindings(filter, &paging).await).await?;
    let listed = page.cut(bindings);
    let mut plugins = Vec::with_capacity(listed.items.len());
    for binding in &listed.items {
        let plugin = call.control.read_policy(binding.value.policy).await?;
        plugins.push(view::shown(call, &plugin).await?);
    }
    Ok(listed.with(plugins).answer("Plugins", "PluginAttribute", |plugin| plugin))
}
