//! `DescribeApisByBackend`: with `StageName`, what is published there; without, drafts.

use paifang_control::{ApiFilter, DeploymentFilter};
use paifang_model::Definition;
use paifang_model::id::{ApiId, BackendServiceId, GroupId, StageId};
use serde_json::Value;

use crate::call::Call;
use crate::definition::outline;
use crate::fault::Fault;
use crate::listing::{PageNumber, everything};

const AT_MOST: u32 = 100;

/// An API that uses a service: as its draft does, or as it is published.
struct User {
    api: ApiId,
    group: GroupId,
    definition: Definition,
}

pub(crate) async fn apis(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let service = super::named(call).await?.value.id;
    let users = match call.stage_if_named().await? {
        Some(stage) => published(call, service, stage.value.id).await?,
        None => drafts(call, service).await?,
    };
    let listed = page.cut(users);
    let mut shown = Vec::with_capacity(listed.items.len());
    for user in &listed.items {
        let group = call.control.read_group(user.group).await?.value;
        shown.push(outline(user.api, &user.definition, &group));
    }
    Ok(listed.with(shown).answer("ApiInfoList", "ApiInfo", |info| info))
}

async fn drafts(call: &Call<'_>, service: BackendServiceId) -> Result<Vec<User>, Fault> {
    let filter = ApiFilter { service: Some(service), ..ApiFilter::default() };
    let apis = everything(async |paging| call.control.list_apis(&filter, &paging).await).await?;
    let user = |api: paifang_model::Api| User { api: api.id, group: api.group, definition: api.definition };
    Ok(apis.into_iter().map(|api| user(api.value)).collect())
}

async fn published(call: &Call<'_>, service: BackendServiceId, stage: StageId) -> Result<Vec<User>, Fault> {
    let (service, stage) = (Some(service), Some(stage));
    let filter = DeploymentFilter { service, stage, ..DeploymentFilter::default() };
    let deployments = everything(async |paging| call.control.list_deployments(filter, &paging).await).await?;
    let mut users = Vec::with_capacity(deployments.len());
    for deployment in deployments {
        let definition = call.control.read_version(deployment.value.version).await?.value.definition;
        users.push(User { api: deployment.value.api, group: deployment.value.group, definition });
    }
    Ok(users)
}
