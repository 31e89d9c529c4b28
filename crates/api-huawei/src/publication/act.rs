//! Puts one API online or takes it offline.

use paifang_control::Deploy;
use paifang_model::Api;
use paifang_model::id::StageId;
use serde_json::Value;

use super::Record;
use crate::answer::{Answer, object};
use crate::call::Call;
use crate::fault::{Fault, tell};
use crate::{definition, scope};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Online,
    Offline,
}

pub(super) const ACTIONS: &[(&str, Action)] = &[("online", Action::Online), ("offline", Action::Offline)];

pub(crate) async fn act(call: &Call) -> Answer {
    let (action, env, api, remark) = call.read(|body| {
        let action = body.required_word("action", ACTIONS, Action::Online);
        let (env, api) = (body.required("env_id").to_owned(), body.required("api_id").to_owned());
        (action, env, api, body.text("remark").unwrap_or_default().to_owned())
    })?;
    let stage = scope::environment(&call.context, &env).await?.value.id;
    let (api, _) = scope::api(&call.context, &api).await?;
    object(perform(call, action, &api.value, stage, remark).await?)
}

/// Does it, and gives the publication record.
pub(super) async fn perform(
    call: &Call,
    action: Action,
    api: &Api,
    stage: StageId,
    remark: String,
) -> Result<Value, Fault> {
    match action {
        Action::Online => {
            let deployed = call.context.deploy_api(api.id, &Deploy { stage, remark }, None).await;
            let deployed = deployed.map_err(tell(&definition::TONGUE))?;
            let (version, at) = (&deployed.version, deployed.deployment.since);
            Ok(Record { api, stage, version: version.id, remark: &version.remark, at }.view())
        }
        Action::Offline => {
            let deployment = call.context.take_api_offline(api.id, stage).await?.value;
            let (version, at) = (deployment.version, deployment.since);
            Ok(Record { api, stage, version, remark: &remark, at }.view())
        }
    }
}
