//! Puts one API online or takes it offline.

use paifang_control::{Errand, Performed};
use paifang_model::Api;
use paifang_model::id::StageId;
use serde_json::Value;

use super::Record;
use crate::answer::{Answer, object};
use crate::call::Call;
use crate::fault::{Fault, codes, tell};
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
    let errand = match action {
        Action::Online => Errand::Deploy { api: api.id, stage, remark: remark.clone() },
        Action::Offline => Errand::TakeOffline { api: api.id, stage, service: None },
    };
    match call.context.perform(&errand).await.map_err(tell(&definition::TONGUE))? {
        Performed::Deployed(deployed) => {
            let (version, at) = (&deployed.version, deployed.deployment.since);
            Ok(Record { api, stage, version: version.id, remark: &version.remark, at }.view())
        }
        Performed::TakenOffline(deployment) => {
            let deployment = deployment.value;
            let (version, at) = (deployment.version, deployment.since);
            Ok(Record { api, stage, version, remark: &remark, at }.view())
        }
        // Here it is an error to take offline what is not online.
        Performed::AlreadySo(why) => Err(why.into()),
        Performed::Followed(_)
        | Performed::Deleted
        | Performed::Granted(_)
        | Performed::Revoked
        | Performed::AlreadyGranted(_) => Err(codes::FAILED.fault()),
    }
}
