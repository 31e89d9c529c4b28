//! One call through the pipeline, shown as raw texts. Spec: huawei/lifecycle.md, "Debugging".

mod read;
mod target;
mod texts;

use paifang_control::{Action, Noun, ResourcePath};
use serde_json::json;

use crate::answer::{Answer, object};
use crate::call::Call;
use crate::fault::{Fault, codes};
use crate::port::{DebugRefused, DebugRequest};
use crate::scope;

pub(crate) async fn debug(call: &Call) -> Answer {
    let (api, group) = scope::api(&call.context, call.path("api_id")).await?;
    let asked = call.read(read::read)?;
    let path = ResourcePath::of(Noun::Group, group.value.id).then(Noun::Api, api.value.id);
    let control = call.state.control();
    let permission = control.authorize(call.context.principal(), Action::DebugApi, &path).await;
    let permission = permission.map_err(paifang_control::Error::from)?;
    let target = target::find(call, &api.value, &asked).await?;
    permission.note(control).await?;
    let request = DebugRequest {
        api: api.value.id,
        target,
        scheme: asked.scheme,
        method: asked.method,
        path: asked.path,
        query: asked.query,
        headers: texts::with_own(asked.headers, asked.domain.as_deref(), &group.value.subdomain),
        body: asked.body,
        caller: asked.caller,
        group: group.value,
    };
    let line = texts::request_line(&request);
    let answer = call.state.debugger().debug(request).await.map_err(refused)?;
    object(json!({
        "request": texts::request(&line, &answer),
        "response": texts::response(&answer),
        "latency": answer.latency_ms,
        "log": answer.log.join("\n"),
    }))
}

fn refused(refused: DebugRefused) -> Fault {
    match refused {
        DebugRefused::Invalid(_) | DebugRefused::NotServed(_) => codes::CANNOT_DEBUG.with(refused),
        DebugRefused::Unavailable(_) => codes::NOT_NOW.with(refused),
    }
}
