//! Makes, changes and deletes plug-ins.

use paifang_control::{PolicyDraft, PolicyPatch};
use paifang_model::PolicyKind;
use serde_json::Value;

use super::view::view;
use super::{ALL_TYPES, SORT, type_of};
use crate::DIALECT;
use crate::answer::{Answer, nothing, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::codes;

/// What was sent.
struct Sent {
    name: String,
    kind: PolicyKind,
    settings: Value,
    remark: Option<String>,
}

pub(crate) async fn create(call: &Call) -> Answer {
    let Sent { name, kind, settings, remark } = call.read(|body| read(call, body, None))?;
    let remark = remark.unwrap_or_default();
    let draft = PolicyDraft { dialect: DIALECT, kind, name, settings, remark, secret: None };
    let policy = call.context.create_policy(draft).await.map_err(|error| SORT.fault(error))?;
    object(Value::Object(view(&policy)))
}

/// All but the type, which stays.
pub(crate) async fn update(call: &Call) -> Answer {
    let old = SORT.found(call, "plugin_id", call.path("plugin_id")).await?.value;
    let Sent { name, settings, remark, .. } = call.read(|body| read(call, body, Some(old.kind)))?;
    let patch = PolicyPatch { name: Some(name), settings: Some(settings), remark, secret: None };
    let policy = call.context.update_policy(old.id, patch, None).await.map_err(|error| SORT.fault(error))?;
    object(Value::Object(view(&policy)))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let policy = SORT.found(call, "plugin_id", call.path("plugin_id")).await?.value;
    call.context.delete_policy(policy.id, None).await.map_err(|error| SORT.fault(error))?;
    nothing()
}

fn read(call: &Call, body: &mut Fields<'_, '_>, old: Option<PolicyKind>) -> Sent {
    let name = body.required("plugin_name").to_owned();
    let kind = body.offered("plugin_type", ALL_TYPES);
    if let (Some(kind), Some(old)) = (kind, old)
        && kind != old
    {
        let message =
            format!("the type of a plug-in stays; this one is `{}`", type_of(old).unwrap_or_default());
        body.complain(codes::INVALID_VALUE, "plugin_type", message);
    }
    body.required_word("plugin_scope", &[("global", ())], ());
    let mut settings = content(body);
    if kind == Some(PolicyKind::RateLimit) {
        name_accounts(call, &mut settings);
    }
    let remark = body.text("remark").map(str::to_owned);
    Sent { name, kind: kind.unwrap_or(PolicyKind::Cors), settings, remark }
}

/// A special user may be named by its project (spec: huawei/throttling-and-access.md §1), which stands for the account here.
fn name_accounts(call: &Call, settings: &mut Value) {
    let account = call.context.principal().account.to_string();
    let specials = settings.get_mut("specials").and_then(Value::as_array_mut);
    let users = specials.into_iter().flatten().filter(|special| special["type"] == "user");
    let policies = users.filter_map(|special| special.get_mut("policies")?.as_array_mut()).flatten();
    for key in policies.filter_map(|policy| policy.get_mut("key")) {
        if key == call.state.settings().project.as_str() {
            *key = Value::from(account.as_str());
        }
    }
}

/// A JSON object, written as a text.
fn content(body: &mut Fields<'_, '_>) -> Value {
    let text = body.required("plugin_content");
    match serde_json::from_str(text) {
        Ok(settings @ Value::Object(_)) => settings,
        // What is missing has been complained about.
        _ if text.is_empty() => Value::Null,
        _ => {
            body.complain(codes::INVALID_VALUE, "plugin_content", "it is not a JSON object, as a string");
            Value::Null
        }
    }
}
