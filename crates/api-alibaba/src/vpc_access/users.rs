//! The APIs that are served through an access, in each stage. What names its access by a variable is not found by it.

use paifang_control::DeploymentFilter;
use paifang_model::id::BackendAccessId;
use paifang_model::{Deployment, Group, Stage};

use crate::call::{Call, DIALECT};
use crate::fault::Fault;
use crate::listing::everything;

/// An API that is served through an access.
pub(super) struct User {
    pub(super) deployment: Deployment,
    pub(super) group: Group,
    pub(super) stage: Stage,
}

pub(super) async fn of(call: &Call<'_>, access: BackendAccessId) -> Result<Vec<User>, Fault> {
    let filter = DeploymentFilter { access: Some(access), ..DeploymentFilter::default() };
    let deployments = everything(async |paging| call.control.list_deployments(filter, &paging).await).await?;
    let stages = call.stages().await?;
    let mut users = Vec::with_capacity(deployments.len());
    for deployment in deployments.into_iter().map(|deployment| deployment.value) {
        let group = call.control.read_group(deployment.group).await?.value;
        let stage = stages.iter().map(|stage| &stage.value).find(|stage| stage.id == deployment.stage);
        // An access knows no dialect, and the APIs of the other one are not shown here.
        if let Some(stage) = stage.filter(|_| group.dialect == DIALECT) {
            users.push(User { deployment, group, stage: stage.clone() });
        }
    }
    Ok(users)
}
