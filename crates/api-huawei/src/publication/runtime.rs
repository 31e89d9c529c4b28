//! What callers need to know of what runs: the request side, not the backend.

use paifang_control::Error;
use serde_json::{Value, json};

use crate::answer::{Answer, members, object};
use crate::call::Call;
use crate::fault::codes;
use crate::{api, environment, scope};

/// Members that stay with the API's owner.
const HIDDEN: &[&str] = &["backend_api", "mock_info", "backend_params"];

pub(crate) async fn runtime(call: &Call) -> Answer {
    let (draft, group) = scope::api(&call.context, call.path("api_id")).await?;
    let asked =
        call.query.value("env_id").map_or_else(|| environment::id_of(environment::release()), str::to_owned);
    let stage = scope::environment(&call.context, &asked).await?.value;
    let deployment = match call.context.read_deployment(draft.value.id, stage.id).await {
        Ok(deployment) if deployment.value.online => deployment.value,
        Ok(_) | Err(Error::NotFound { .. }) => return Err(codes::NOT_PUBLISHED.fault()),
        Err(error) => return Err(error.into()),
    };
    let version = call.context.read_version(deployment.version).await?.value;
    let mut all = api::decorated(version.api, &version.definition, &members(json!({})));
    for member in HIDDEN {
        all.remove(*member);
    }
    all.extend(members(json!({
        "id": version.api,
        "group_id": group.value.id,
        "group_name": group.value.name,
        "run_env_id": environment::id_of(stage.id),
        "run_env_name": stage.name,
        "publish_id": deployment.id,
        "sl_domain": group.value.subdomain,
        "sl_domains": [group.value.subdomain],
    })));
    object(Value::Object(all))
}
