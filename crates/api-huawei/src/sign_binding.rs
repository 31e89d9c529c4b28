//! Where signature keys are bound: APIs in environments, named by their publication records.

use paifang_control::Stored;
use paifang_model::{Api, Binding, Group, Stage};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, members, object, page, page_of};
use crate::call::Call;
use crate::policies::{self, BoundApi, BoundPolicy};
use crate::sign::{SORT, key_members};
use crate::{scope, time};

pub(crate) async fn create(call: &Call) -> Answer {
    let bindings = policies::bind(call, &SORT, "sign_id").await?;
    let stages = scope::environments(&call.context).await?;
    let mut rows = Vec::with_capacity(bindings.len());
    for binding in &bindings {
        let (api, group) = scope::api_by_id(&call.context, binding.value.api).await?;
        let stage = stages.iter().map(|stage| &stage.value).find(|stage| stage.id == binding.value.stage);
        let policy = call.context.read_policy(binding.value.policy).await?;
        let Some(stage) = stage else { continue };
        let mut row = bound(binding, &policy.value.name, &api.value, &group.value, stage);
        row.extend(key_members(call, &policy).await?);
        rows.push(Value::Object(row));
    }
    object(json!({ "bindings": rows }))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    policies::unbind(call, &SORT, "sign_bindings_id").await
}

/// The APIs that a key is bound to.
pub(crate) async fn apis(call: &Call) -> Answer {
    let wanted = call.page()?;
    let rows = policies::apis(call, &SORT).await?.into_iter().map(|one| {
        let BoundApi { binding, policy, api, group, stage } = one;
        Value::Object(bound(&binding, &policy, &api, &group, &stage))
    });
    let (rows, total) = page_of(wanted, rows.collect());
    page("bindings", rows, total)
}

/// The keys that are bound to an API: one per environment.
pub(crate) async fn signs(call: &Call) -> Answer {
    let wanted = call.page()?;
    let mut rows = Vec::new();
    for BoundPolicy { binding, policy, stage } in policies::policies(call, &SORT).await? {
        let (api, group) = scope::api_by_id(&call.context, binding.value.api).await?;
        let mut row = bound(&binding, &policy.value.name, &api.value, &group.value, &stage);
        row.extend(key_members(call, &policy).await?);
        rows.push(Value::Object(row));
    }
    let (rows, total) = page_of(wanted, rows);
    page("bindings", rows, total)
}

/// The APIs that a key is not bound to.
pub(crate) async fn other_apis(call: &Call) -> Answer {
    let wanted = call.page()?;
    let rows = policies::other_apis(call, &SORT).await?.into_iter().map(|other| other.row("signature_name"));
    let (rows, total) = page_of(wanted, rows.collect());
    page("apis", rows, total)
}

fn bound(
    binding: &Stored<Binding>,
    policy: &str,
    api: &Api,
    group: &Group,
    stage: &Stage,
) -> Map<String, Value> {
    let mut row = members(json!({
        "id": binding.value.id,
        "sign_id": binding.value.policy,
        "sign_name": policy,
    }));
    row.extend(policies::facts(api, group, stage));
    row.extend(members(json!({ "binding_time": time::rfc3339(binding.created_at) })));
    row
}
