//! A throttling policy as it is shown: its settings as given, and what is known about it.

use paifang_control::Stored;
use paifang_model::Policy;
use serde_json::{Map, Value, json};

use crate::answer::members;
use crate::call::Call;
use crate::fault::Fault;
use crate::policies::bindings_of;
use crate::time;

/// What is said of a policy that left it out.
const OTHERWISE: &[(&str, i64)] =
    &[("type", 1), ("user_call_limits", 0), ("app_call_limits", 0), ("ip_call_limits", 0)];

pub(crate) async fn view(call: &Call, policy: &Stored<Policy>) -> Result<Map<String, Value>, Fault> {
    let bound = bindings_of(call, policy.value.id).await?;
    let mut all = policy.value.settings.as_object().cloned().unwrap_or_default();
    let specials = all.remove("specials").and_then(|specials| specials.as_array().map(Vec::len));
    for (name, value) in OTHERWISE {
        all.entry(*name).or_insert_with(|| json!(value));
    }
    all.entry("enable_adaptive_control").or_insert_with(|| json!("FALSE"));
    all.extend(members(json!({
        "id": policy.value.id,
        "name": policy.value.name,
        "remark": policy.value.remark,
        "bind_num": bound,
        "is_inclu_special_throttle": if specials.unwrap_or_default() > 0 { 1 } else { 2 },
        "create_time": time::rfc3339(policy.created_at),
    })));
    // Members that were given as null say nothing.
    Ok(members(Value::Object(all)))
}
