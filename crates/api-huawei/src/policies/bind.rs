//! Binds a policy to publications: all of them, or none.

use paifang_control::{BindTarget, Stored};
use paifang_model::id::{DeploymentId, PolicyId};
use paifang_model::{Binding, Deployment, Kind};

use super::{AT_ONCE, Sort};
use crate::call::Call;
use crate::fault::{Fault, codes, not_found};
use crate::scope;

/// Binds the policy that a member of the body names to all of `publish_ids`.
pub(crate) async fn bind(
    call: &Call,
    sort: &'static Sort,
    member: &'static str,
) -> Result<Vec<Stored<Binding>>, Fault> {
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
        (body.required(member).to_owned(), publications)
    })?;
    let policy: PolicyId = sort.found(call, member, &policy).await?.value.id;
    let mut targets: Vec<BindTarget> = Vec::with_capacity(publications.len());
    for publication in &publications {
        let Deployment { api, stage, .. } = published(call, publication).await?;
        let target = BindTarget { api, stage };
        // Naming a publication twice asks for nothing more.
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    call.context.bind_policy(policy, &targets).await.map_err(|error| sort.fault(error))
}

/// A publication of this dialect that serves.
async fn published(call: &Call, text: &str) -> Result<Deployment, Fault> {
    let id: DeploymentId = scope::id("publish_id", text)?;
    let deployment = call.context.deployment_by_id(id).await?.value;
    scope::api_by_id(&call.context, deployment.api).await?;
    if deployment.online { Ok(deployment) } else { Err(not_found(Kind::Deployment, text)) }
}
