//! Looks at throttling policies.

use paifang_control::{PolicyFilter, Stored};
use paifang_model::Policy;
use serde_json::Value;

use super::{KIND, SORT, view};
use crate::DIALECT;
use crate::answer::{Answer, object, page};
use crate::call::Call;
use crate::scope;

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    if let Some(id) = call.query.value("id") {
        return one(call, id, wanted.offset == 0).await;
    }
    let name = call.query.value("name").map(str::to_owned);
    let (name, name_contains) = if call.query.is_precise("name") { (name, None) } else { (None, name) };
    let filter = PolicyFilter { dialect: Some(DIALECT), kind: Some(KIND), family: None, name, name_contains };
    let found = call.context.list_policies(&filter, &wanted.paging()).await?;
    let total = found.total.unwrap_or_default();
    let mut rows = Vec::with_capacity(found.items.len());
    for policy in found.items.into_iter().flatten() {
        rows.push(Value::Object(view(call, &policy).await?));
    }
    page("throttles", rows, total)
}

/// The list of the policy with this id, whose name must meet the filter too.
async fn one(call: &Call, id: &str, first_page: bool) -> Answer {
    let policy = match scope::id("id", id) {
        Ok(id) => call.context.read_policy(id).await.ok(),
        Err(_) => None,
    };
    let Some(policy) = policy.filter(|policy| meets(call, policy)) else {
        return page("throttles", Vec::new(), 0);
    };
    let rows = if first_page { vec![Value::Object(view(call, &policy).await?)] } else { Vec::new() };
    page("throttles", rows, 1)
}

fn meets(call: &Call, policy: &Stored<Policy>) -> bool {
    let named = call.query.value("name").is_none_or(|name| policy.value.name.contains(name));
    SORT.has(&policy.value) && named
}

pub(crate) async fn show(call: &Call) -> Answer {
    let policy = SORT.found(call, "throttle_id", call.path("throttle_id")).await?;
    object(Value::Object(view(call, &policy).await?))
}
