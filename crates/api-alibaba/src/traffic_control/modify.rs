//! `ModifyTrafficControl`: what it says of the limits, and nothing else of what the plug-in says.

use paifang_control::PolicyPatch;
use serde_json::{Map, Value, json};

use super::SORT;
use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::rule;

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let id = SORT.named(call).await?.value.id;
    let mut given = Map::new();
    super::write(call, &mut given)?;
    let text = |name| call.params.text(name).map(str::to_owned);
    let (name, remark) = (text(SORT.name), text("Description"));
    let edit = |policy: &paifang_model::Policy| {
        let mut settings = rule::members(&policy.settings);
        settings.extend(given.clone());
        // Windows are all that other units have, so that nobody says it.
        if settings.get("unit").is_some_and(|unit| unit != "SECOND") {
            settings.shift_remove("controlMode");
        }
        let settings = (!given.is_empty()).then_some(Value::Object(settings));
        Ok(PolicyPatch { name: name.clone(), settings, remark: remark.clone(), secret: None })
    };
    call.control.edit_policy(id, edit).await.map_err(Fault::of(Sent::TrafficControl))?;
    Ok(json!({}))
}
