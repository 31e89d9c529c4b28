//! What is bound, from either side: `DescribeApi…s`, `DescribeApisBy…` and `Describe…sByApi`.

use paifang_control::{BindingFilter, Stored};
use paifang_model::id::PolicyId;
use paifang_model::{Api, Binding, Policy};
use serde_json::{Map, Value, json};

use super::{AT_MOST, Sort, Sorted};
use crate::call::Call;
use crate::definition::{VISIBILITIES, word};
use crate::fault::Fault;
use crate::listing::PageNumber;
use crate::time;

/// The APIs of a group that have a policy of the sort in a stage; with `ApiIds`, only these.
pub(crate) async fn of_group<S: Sorted>(call: &Call<'_>) -> Result<Value, Fault> {
    let sort = S::SORT;
    let page = PageNumber::of(call.params, AT_MOST)?;
    let (group, stage) = (call.group().await?.value.id, call.stage().await?.value.id);
    let only = match call.params.text("ApiIds") {
        Some(_) => Some(call.apis().await?),
        None => None,
    };
    let filter = BindingFilter { group: Some(group), stage: Some(stage), ..BindingFilter::default() };
    let mut found = Vec::new();
    for binding in sort.bindings(call, filter).await? {
        if only.as_ref().is_none_or(|only| only.contains(&binding.value.api)) {
            found.extend(sort.policy_of(call, &binding).await?.map(|policy| (binding, policy)));
        }
    }
    let listed = page.cut(found);
    let mut shown = Vec::with_capacity(listed.items.len());
    for (binding, policy) in &listed.items {
        let api = call.control.read_api(binding.value.api).await?.value;
        shown.push(Value::Object(Map::from_iter([
            ("ApiId".to_owned(), json!(api.id)),
            ("ApiName".to_owned(), json!(api.definition.name)),
            ("BoundTime".to_owned(), json!(time::written(binding.created_at))),
            (sort.id.to_owned(), json!(policy.id)),
            (sort.name.to_owned(), json!(policy.name)),
        ])));
    }
    let [list, row] = sort.of_group;
    Ok(listed.with(shown).answer(list, row, |row| row))
}

/// The APIs that a policy is bound to.
pub(crate) async fn apis_of<S: Sorted>(call: &Call<'_>) -> Result<Value, Fault> {
    let sort = S::SORT;
    let page = PageNumber::of(call.params, AT_MOST)?;
    let policy = Some(sort.named(call).await?.value.id);
    let filter = BindingFilter { policy, ..BindingFilter::default() };
    let stages = call.stages().await?;
    let listed = page.cut(sort.bindings(call, filter).await?);
    let mut shown = Vec::with_capacity(listed.items.len());
    for binding in &listed.items {
        let api = call.control.read_api(binding.value.api).await?.value;
        let stage = stages.iter().find(|stage| stage.value.id == binding.value.stage);
        let stage = stage.map(|stage| stage.value.name.as_str()).unwrap_or_default();
        shown.push(info(call, binding, &api, stage).await?);
    }
    Ok(listed.with(shown).answer("ApiInfos", "ApiInfo", |info| info))
}

async fn info(call: &Call<'_>, binding: &Stored<Binding>, api: &Api, stage: &str) -> Result<Value, Fault> {
    let group = call.control.read_group(api.group).await?.value;
    Ok(json!({
        "ApiId": api.id,
        "ApiName": api.definition.name,
        "BoundTime": time::written(binding.created_at),
        "Description": api.definition.description,
        "GroupId": group.id,
        "GroupName": group.name,
        "RegionId": call.region,
        "StageName": stage,
        "Visibility": word(VISIBILITIES, &api.definition.visibility),
    }))
}

/// The policy of the sort that an API has in a stage: one at most.
pub(crate) async fn of_api<S: Sorted>(call: &Call<'_>) -> Result<Value, Fault> {
    let sort = S::SORT;
    call.group().await?;
    let (api, stage) = (call.api().await?.0.value.id, call.stage().await?.value.id);
    let filter = BindingFilter { api: Some(api), stage: Some(stage), ..BindingFilter::default() };
    let [list, row, id, name] = sort.of_api;
    let mut shown = Vec::new();
    for binding in sort.bindings(call, filter).await? {
        let Some(policy) = sort.policy_of(call, &binding).await? else { continue };
        let bound = time::written(binding.created_at);
        shown.push(json!({ "BoundTime": bound, id: policy.id, name: policy.name }));
    }
    Ok(json!({ list: { row: shown } }))
}

impl Sort {
    /// The policy of a binding, unless it is a plug-in that says more than this sort's operations can tell.
    async fn policy_of(&self, call: &Call<'_>, binding: &Stored<Binding>) -> Result<Option<Policy>, Fault> {
        let id: PolicyId = binding.value.policy;
        let policy = call.control.read_policy(id).await?.value;
        Ok(self.has(&policy).then_some(policy))
    }
}
