//! `CreateTrafficControl`.

use paifang_control::PolicyDraft;
use serde_json::{Map, Value, json};

use super::SORT;
use crate::call::{Call, DIALECT};
use crate::fault::{Fault, Sent};

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    for name in ["TrafficControlName", "TrafficControlUnit", "ApiDefault"] {
        params.required(name)?;
    }
    let mut settings = Map::new();
    super::write(call, &mut settings)?;
    let draft = PolicyDraft {
        dialect: DIALECT,
        kind: SORT.kind,
        name: params.required(SORT.name)?.to_owned(),
        settings: Value::Object(settings),
        secret: None,
        remark: params.text("Description").unwrap_or_default().to_owned(),
    };
    let policy = call.control.create_policy(draft).await.map_err(Fault::of(Sent::TrafficControl))?;
    Ok(json!({ "TrafficControlId": policy.value.id }))
}
