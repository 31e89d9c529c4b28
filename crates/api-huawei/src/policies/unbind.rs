//! Takes bindings away; several at once each on their own, with results of their own.

use paifang_model::Binding;
use serde_json::{Value, json};

use super::{AT_ONCE, Sort};
use crate::answer::{Answer, nothing, object, without_nulls};
use crate::call::Call;
use crate::fault::{Complaints, Fault, codes};

/// Takes the binding away that a parameter of the path names.
pub(crate) async fn unbind(call: &Call, sort: &'static Sort, parameter: &str) -> Answer {
    let binding = sort.binding(call, parameter, call.path(parameter)).await?;
    call.context.unbind_policy(binding.id).await.map_err(|error| sort.fault(error))?;
    nothing()
}

/// Takes bindings away that the body names.
pub(crate) async fn unbind_several(call: &Call, sort: &'static Sort) -> Answer {
    let bindings = to_delete(call, sort.bindings)?;
    let mut failure = Vec::new();
    for text in &bindings {
        failure.extend(one(call, sort, text).await.err());
    }
    object(json!({ "success_count": bindings.len() - failure.len(), "failure": failure }))
}

/// The ids that a member of the body has, of what `action=delete` is to take away.
pub(crate) fn to_delete(call: &Call, member: &str) -> Result<Vec<String>, Fault> {
    if call.query.required("action")? != "delete" {
        let mut complaints = Complaints::default();
        complaints.add(codes::INVALID_VALUE, "action", "it should be \"delete\"");
        complaints.or(())?;
    }
    call.read(|body| {
        let ids = body.texts(member);
        if ids.len() > AT_ONCE {
            let message = format!("{} are too many: {AT_ONCE} are allowed", ids.len());
            body.complain(codes::INVALID_VALUE, member, message);
        }
        ids
    })
}

async fn one(call: &Call, sort: &'static Sort, text: &str) -> Result<(), Value> {
    let binding = sort.binding(call, sort.bindings, text).await;
    let binding = binding.map_err(|fault| failed(text, None, &fault))?;
    match call.context.unbind_policy(binding.id).await {
        Ok(()) => Ok(()),
        Err(error) => {
            let api = call.context.read_api(binding.api).await.ok().map(|api| api.value);
            let name = api.map(|api| api.definition.name);
            Err(failed(text, Some((&binding, name)), &sort.fault(error)))
        }
    }
}

fn failed(text: &str, binding: Option<(&Binding, Option<String>)>, fault: &Fault) -> Value {
    let (code, message) = fault.members();
    let (api, name) = binding.map(|(binding, name)| (binding.api, name)).unzip();
    without_nulls(json!({
        "bind_id": text,
        "error_code": code,
        "error_msg": message,
        "api_id": api,
        "api_name": name.flatten(),
    }))
}
