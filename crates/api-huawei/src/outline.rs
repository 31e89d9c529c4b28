//! How many there are of what.

use std::collections::HashSet;

use paifang_control::{ApiFilter, AppFilter, DeploymentFilter, GrantFilter, Page, Paging};
use paifang_model::id::{ApiId, AppId};
use serde_json::json;

use crate::answer::{Answer, object};
use crate::call::Call;
use crate::fault::Fault;
use crate::scope;

pub(crate) async fn apis(call: &Call) -> Answer {
    let mut all = 0;
    for group in scope::groups(&call.context).await?.into_keys() {
        let filter = ApiFilter { group: Some(group), ..ApiFilter::default() };
        all += total(&call.context.list_apis(&filter, &count()).await?);
    }
    let online = online(call).await?.len() as u64;
    object(json!({
        "instance_num": 1,
        "nums_on_release": online,
        "nums_off_release": all.saturating_sub(online),
    }))
}

/// The APIs that are online in any environment.
async fn online(call: &Call) -> Result<HashSet<ApiId>, Fault> {
    let mut apis = HashSet::new();
    for stage in scope::environments(&call.context).await? {
        let stage = Some(stage.value.id);
        let filter = DeploymentFilter { stage, online: Some(true), ..DeploymentFilter::default() };
        let context = &call.context;
        let found =
            scope::all(|paging| async move { context.list_deployments(filter, &paging).await }).await?;
        apis.extend(found.into_iter().map(|deployment| deployment.value.api));
    }
    Ok(apis)
}

pub(crate) async fn apps(call: &Call) -> Answer {
    let all = total(&call.context.list_apps(&AppFilter::default(), &count()).await?);
    let mut authorized: HashSet<AppId> = HashSet::new();
    for stage in scope::environments(&call.context).await? {
        let filter = GrantFilter { stage: Some(stage.value.id), ..GrantFilter::default() };
        let context = &call.context;
        let found = scope::all(|paging| async move { context.list_grants(filter, &paging).await }).await?;
        authorized.extend(found.into_iter().map(|grant| grant.value.app));
    }
    let authorized = authorized.len() as u64;
    object(json!({ "authed_nums": authorized, "unauthed_nums": all.saturating_sub(authorized) }))
}

/// Nothing is offered on a market.
pub(crate) async fn groups(call: &Call) -> Answer {
    let all = scope::groups(&call.context).await?.len();
    object(json!({ "onsell_nums": 0, "offsell_nums": all }))
}

fn count() -> Paging {
    Paging::default().limit(1).counted()
}

fn total<T>(page: &Page<T>) -> u64 {
    page.total.unwrap_or_default()
}
