//! Where access control policies are bound: APIs in environments, named by their publication records. An API has one of
//! each entity type. Spec: huawei/throttling-and-access.md §3.

use paifang_control::Stored;
use paifang_model::Binding;
use serde_json::{Value, json};

use crate::acl::{SORT, view};
use crate::answer::{Answer, members, object, page, page_of, without_nulls};
use crate::call::Call;
use crate::policies::{self, BoundApi, BoundPolicy};
use crate::{environment, time};

pub(crate) async fn create(call: &Call) -> Answer {
    let bindings = policies::bind(call, &SORT, "acl_id").await?;
    let bindings: Vec<Value> = bindings.iter().map(made).collect();
    object(json!({ "acl_bindings": bindings }))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    policies::unbind(call, &SORT, "acl_bindings_id").await
}

pub(crate) async fn delete_several(call: &Call) -> Answer {
    policies::unbind_several(call, &SORT).await
}

/// The APIs that a policy is bound to.
pub(crate) async fn apis(call: &Call) -> Answer {
    let wanted = call.page()?;
    let rows = policies::apis(call, &SORT).await?.into_iter().map(bound_api);
    let (rows, total) = page_of(wanted, rows.collect());
    page("apis", rows, total)
}

fn bound_api(bound: BoundApi) -> Value {
    let BoundApi { binding, api, group, stage, .. } = bound;
    let mut row = policies::facts(&api, &group, &stage);
    row.extend(members(json!({
        "bind_id": binding.value.id,
        "bind_time": time::rfc3339(binding.created_at),
    })));
    without_nulls(Value::Object(row))
}

/// The policies that are bound to an API.
pub(crate) async fn acls(call: &Call) -> Answer {
    let wanted = call.page()?;
    let mut bound = policies::policies(call, &SORT).await?;
    if let Some(name) = call.query.value("env_name") {
        bound.retain(|bound| bound.stage.name == name);
    }
    let rows = bound.into_iter().map(bound_acl);
    let (rows, total) = page_of(wanted, rows.collect());
    page("acls", rows, total)
}

fn bound_acl(bound: BoundPolicy) -> Value {
    let BoundPolicy { binding, policy, stage } = bound;
    let mut row = Value::Object(view(&policy));
    row["acl_id"] = json!(policy.value.id);
    row["env_id"] = json!(environment::id_of(stage.id));
    row["env_name"] = json!(stage.name);
    row["bind_id"] = json!(binding.value.id);
    row["bind_time"] = json!(time::rfc3339(binding.created_at));
    if let Value::Object(members) = &mut row {
        members.retain(|name, _| !["id", "update_time"].contains(&name.as_str()));
    }
    row
}

/// The APIs that a policy is not bound to, with the one of its entity type that is.
pub(crate) async fn other_apis(call: &Call) -> Answer {
    let wanted = call.page()?;
    let rows = policies::other_apis(call, &SORT).await?.into_iter().map(|other| other.row("acl_name"));
    let (rows, total) = page_of(wanted, rows.collect());
    page("apis", rows, total)
}

/// What a binding shows when it is made.
fn made(binding: &Stored<Binding>) -> Value {
    let Binding { id, policy, api, stage, .. } = binding.value;
    json!({
        "id": id,
        "api_id": api,
        "env_id": environment::id_of(stage),
        "acl_id": policy,
        "create_time": time::rfc3339(binding.created_at),
    })
}
