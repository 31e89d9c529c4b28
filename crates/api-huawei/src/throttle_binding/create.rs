//! Binds a throttling policy to publications: all of them, or none.

use paifang_control::BindTarget;
use paifang_model::id::DeploymentId;
use paifang_model::{Deployment, Kind};
use serde_json::{Value, json};

use super::applied;
use crate::answer::{Answer, object};
use crate::call::Call;
use crate::fault::{Fault, codes, not_found};
use crate::{scope, throttle};

/// Publications of one request. Spec: huawei/lifecycle.md.
const AT_ONCE: usize = 1_000;

pub(crate) async fn create(call: &Call) -> Answer {
    let (policy, publications) = call.read(|body| {
        body.demand("publish_ids");
        let publications = body.texts("publish_ids");
        if publications.len() > AT_ONCE {
            let message = format!("{} are too many: {AT_ONCE} are allowed", publications.len());
            body.complain(codes::INVALID_VALUE, "publish_ids", message);
        }
        if body.raw("publish_ids").is_some() && publications.is_empty() {
            body.complain(codes::MISSING, "publish_ids", "name at least one");
        }
        (body.required("strategy_id").to_owned(), publications)
    })?;
    let policy = throttle::found(call, "strategy_id", &policy).await?.value.id;
    let mut targets: Vec<BindTarget> = Vec::with_capacity(publications.len());
    for publication in &publications {
        let Deployment { api, stage, .. } = published(call, publication).await?;
        let target = BindTarget { api, stage };
        // Naming a publication twice asks for nothing more.
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    let bindings = call.context.bind_policy(policy, &targets).await?;
    let bindings: Vec<Value> = bindings.iter().map(applied).collect();
    object(json!({ "throttle_applys": bindings }))
}

/// A publication of this dialect that serves.
async fn published(call: &Call, text: &str) -> Result<Deployment, Fault> {
    let id: DeploymentId = scope::id("publish_id", text)?;
    let deployment = call.context.deployment_by_id(id).await?.value;
    scope::api_by_id(&call.context, deployment.api).await?;
    if deployment.online { Ok(deployment) } else { Err(not_found(Kind::Deployment, text)) }
}
