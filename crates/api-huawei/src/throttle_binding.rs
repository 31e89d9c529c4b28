//! Where throttling policies are bound: APIs in environments, named by their publication records.

use paifang_control::Stored;
use paifang_model::{Binding, Deployment, Id};
use serde_json::{Value, json};

use crate::answer::{Answer, members, object, page, page_of};
use crate::call::Call;
use crate::policies::{self, BoundApi, BoundPolicy};
use crate::throttle::{self, SORT};
use crate::time;

pub(crate) async fn create(call: &Call) -> Answer {
    let bindings = policies::bind(call, &SORT, "strategy_id").await?;
    let bindings: Vec<Value> = bindings.iter().map(applied).collect();
    object(json!({ "throttle_applys": bindings }))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    policies::unbind(call, &SORT, "throttle_binding_id").await
}

pub(crate) async fn delete_several(call: &Call) -> Answer {
    policies::unbind_several(call, &SORT).await
}

/// The APIs that a policy is bound to.
pub(crate) async fn apis(call: &Call) -> Answer {
    let wanted = call.page()?;
    let rows = policies::apis(call, &SORT).await?.into_iter().map(|bound| {
        let BoundApi { binding, policy, api, group, stage } = bound;
        let mut row = policies::outline(&api, &group, &stage);
        row.extend(members(json!({
            "throttle_apply_id": binding.value.id,
            "throttle_name": policy,
            "apply_time": time::rfc3339(binding.created_at),
        })));
        Value::Object(row)
    });
    let (rows, total) = page_of(wanted, rows.collect());
    page("apis", rows, total)
}

/// The policies that are bound to an API: one per environment.
pub(crate) async fn throttles(call: &Call) -> Answer {
    let wanted = call.page()?;
    let mut rows = Vec::new();
    for BoundPolicy { binding, policy, stage } in policies::policies(call, &SORT).await? {
        let mut row = throttle::view(call, &policy).await?;
        row.extend(members(json!({
            "env_name": stage.name,
            "bind_id": binding.value.id,
            "bind_time": time::rfc3339(binding.created_at),
        })));
        rows.push(Value::Object(row));
    }
    let (rows, total) = page_of(wanted, rows);
    page("throttles", rows, total)
}

/// The APIs that a policy is not bound to.
pub(crate) async fn other_apis(call: &Call) -> Answer {
    let wanted = call.page()?;
    let rows = policies::other_apis(call, &SORT).await?.into_iter().map(|other| other.row("throttle_name"));
    let (rows, total) = page_of(wanted, rows.collect());
    page("apis", rows, total)
}

/// What a binding shows when it is made.
fn applied(binding: &Stored<Binding>) -> Value {
    let Binding { id, policy, api, stage, .. } = binding.value;
    json!({
        "id": id,
        "publish_id": Id::from(Deployment::id_of(api, stage)),
        // For the whole API, not for single users or apps.
        "scope": 1,
        "strategy_id": policy,
        "apply_time": time::rfc3339(binding.created_at),
    })
}
