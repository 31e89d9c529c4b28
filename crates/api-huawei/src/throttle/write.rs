//! Makes, changes and deletes throttling policies.

use paifang_control::{PolicyDraft, PolicyPatch};
use serde_json::{Map, Value};

use super::{KIND, SORT, view};
use crate::DIALECT;
use crate::answer::{Answer, nothing, object};
use crate::ask::Fields;
use crate::call::Call;

/// What was sent: name, remark, and all else as settings.
struct Sent {
    name: String,
    remark: Option<String>,
    settings: Map<String, Value>,
}

pub(crate) async fn create(call: &Call) -> Answer {
    let Sent { name, remark, settings } = call.read(read)?;
    let draft = PolicyDraft {
        dialect: DIALECT,
        kind: KIND,
        name,
        settings: Value::Object(settings),
        remark: remark.unwrap_or_default(),
        secret: None,
    };
    let policy = call.context.create_policy(draft).await.map_err(|error| SORT.fault(error))?;
    object(Value::Object(view(call, &policy).await?))
}

/// A client that leaves the specials out does not mean to take them away: they have operations of their own.
pub(crate) async fn update(call: &Call) -> Answer {
    let Sent { name, remark, mut settings } = call.read(read)?;
    let old = SORT.found(call, "throttle_id", call.path("throttle_id")).await?;
    if let Some(specials) = old.value.settings.get("specials") {
        settings.insert("specials".to_owned(), specials.clone());
    }
    let patch =
        PolicyPatch { name: Some(name), settings: Some(Value::Object(settings)), remark, secret: None };
    // Somebody may have excluded an app meanwhile.
    let updated = call.context.update_policy(old.value.id, patch, Some(old.revision)).await;
    let policy = updated.map_err(|error| SORT.fault(error))?;
    object(Value::Object(view(call, &policy).await?))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let policy = SORT.found(call, "throttle_id", call.path("throttle_id")).await?;
    call.context.delete_policy(policy.value.id, None).await.map_err(|error| SORT.fault(error))?;
    nothing()
}

fn read(body: &mut Fields<'_, '_>) -> Sent {
    let name = body.required("name").to_owned();
    let remark = body.text("remark").map(str::to_owned);
    body.refuse("specials", "excluded apps and tenants have operations of their own");
    let mut settings = body.given().clone();
    settings.retain(|member, value| {
        !["name", "remark", "specials"].contains(&member.as_str()) && !value.is_null()
    });
    Sent { name, remark, settings }
}
