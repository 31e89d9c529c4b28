//! Unbinds throttling policies; several at once each on their own, with results of their own.

use paifang_model::id::BindingId;
use paifang_model::{Binding, Kind};
use serde_json::{Value, json};

use crate::answer::{Answer, nothing, object, without_nulls};
use crate::call::Call;
use crate::fault::{Complaints, Fault, codes, not_found};
use crate::{scope, throttle};

/// Bindings of one request. Spec: huawei/lifecycle.md.
const AT_ONCE: usize = 1_000;

pub(crate) async fn delete(call: &Call) -> Answer {
    let binding = found(call, "throttle_binding_id", call.path("throttle_binding_id")).await?;
    call.context.unbind_policy(binding.id).await?;
    nothing()
}

async fn found(call: &Call, parameter: &str, text: &str) -> Result<Binding, Fault> {
    let id: BindingId = scope::id(parameter, text)?;
    let binding = call.context.read_binding(id).await?.value;
    let policy = call.context.read_policy(binding.policy).await?.value;
    if throttle::is_ours(&policy) { Ok(binding) } else { Err(not_found(Kind::Binding, text)) }
}

pub(crate) async fn delete_several(call: &Call) -> Answer {
    if call.query.required("action")? != "delete" {
        let mut complaints = Complaints::default();
        complaints.add(codes::INVALID_VALUE, "action", "it should be \"delete\"");
        complaints.or(())?;
    }
    let bindings = call.read(|body| {
        let bindings = body.texts("throttle_bindings");
        if bindings.len() > AT_ONCE {
            let message = format!("{} are too many: {AT_ONCE} are allowed", bindings.len());
            body.complain(codes::INVALID_VALUE, "throttle_bindings", message);
        }
        bindings
    })?;
    let mut failure = Vec::new();
    for text in &bindings {
        failure.extend(one(call, text).await.err());
    }
    object(json!({ "success_count": bindings.len() - failure.len(), "failure": failure }))
}

async fn one(call: &Call, text: &str) -> Result<(), Value> {
    let binding = found(call, "throttle_bindings", text).await.map_err(|fault| failed(text, None, &fault))?;
    match call.context.unbind_policy(binding.id).await {
        Ok(()) => Ok(()),
        Err(error) => {
            let api = call.context.read_api(binding.api).await.ok().map(|api| api.value);
            let name = api.map(|api| api.definition.name);
            Err(failed(text, Some((&binding, name)), &error.into()))
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
