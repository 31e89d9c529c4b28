//! Puts several APIs online or takes them offline: each on its own, with its own result.

use futures_util::{StreamExt as _, stream};
use paifang_control::{ApiFilter, ERRANDS_AT_ONCE};
use paifang_model::id::StageId;
use serde_json::{Value, json};

use super::act::{ACTIONS, Action, perform};
use crate::answer::{Answer, object};
use crate::call::Call;
use crate::fault::{Complaints, Fault, codes};
use crate::scope;

/// APIs of one request. Spec: huawei/console-and-quotas.md.
const AT_ONCE: usize = 1_000;

pub(crate) async fn batch(call: &Call) -> Answer {
    let action = action(call)?;
    let (env, group, mut apis, remark) = call.read(|body| {
        let (env, group) = (body.required("env_id").to_owned(), body.text("group_id").map(str::to_owned));
        let apis = body.texts("apis");
        if apis.len() > AT_ONCE {
            let message = format!("{} are too many: {AT_ONCE} are allowed", apis.len());
            body.complain(codes::INVALID_VALUE, "apis", message);
        }
        if apis.is_empty() && group.is_none() {
            body.complain(codes::MISSING, "apis", "name APIs, or a group");
        }
        (env, group, apis, body.text("remark").unwrap_or_default().to_owned())
    })?;
    let stage = scope::environment(&call.context, &env).await?.value.id;
    if let (true, Some(group)) = (apis.is_empty(), group) {
        apis = of_group(call, &group).await?;
    }
    let each: Vec<_> = apis.iter().map(|api| one(call, action, api, stage, &remark)).collect();
    let (mut success, mut failure) = (Vec::new(), Vec::new());
    for settled in stream::iter(each).buffered(ERRANDS_AT_ONCE).collect::<Vec<_>>().await {
        match settled {
            Ok(record) => success.push(record),
            Err(failed) => failure.push(failed),
        }
    }
    object(json!({ "success": success, "failure": failure }))
}

fn action(call: &Call) -> Result<Action, Fault> {
    let asked = call.query.required("action")?;
    let found = ACTIONS.iter().find(|(word, _)| *word == asked);
    found.map(|(_, action)| *action).ok_or_else(|| {
        let mut complaints = Complaints::default();
        complaints.add(codes::INVALID_VALUE, "action", "it should be \"online\" or \"offline\"");
        complaints.fault().unwrap_or_else(|| codes::INVALID_VALUE.fault())
    })
}

async fn of_group(call: &Call, group: &str) -> Result<Vec<String>, Fault> {
    let group = scope::group(&call.context, group).await?.value.id;
    let (context, filter) = (&call.context, &ApiFilter { group: Some(group), ..ApiFilter::default() });
    let apis = scope::all(|paging| async move { context.list_apis(filter, &paging).await }).await?;
    Ok(apis.into_iter().take(AT_ONCE).map(|api| api.value.id.to_string()).collect())
}

async fn one(call: &Call, action: Action, api: &str, stage: StageId, remark: &str) -> Result<Value, Value> {
    let failed = |name: &str, fault: &Fault| {
        let (code, message) = fault.members();
        json!({ "api_id": api, "api_name": name, "error_code": code, "error_msg": message })
    };
    let (api, _) = scope::api(&call.context, api).await.map_err(|fault| failed("", &fault))?;
    let done = perform(call, action, &api.value, stage, remark.to_owned()).await;
    done.map_err(|fault| failed(&api.value.definition.name, &fault))
}
