//! `DescribeApis`: drafts.

use std::collections::{HashMap, HashSet};

use paifang_control::{ApiFilter, DeploymentFilter, GroupFilter, Stored};
use paifang_model::id::{ApiId, GroupId};
use paifang_model::{Api, Stage};
use serde_json::{Value, json};

use super::shown;
use crate::call::{Call, DIALECT};
use crate::definition::{METHODS, VISIBILITIES, word};
use crate::fault::Fault;
use crate::listing::{Listed, PageNumber, everything, refuse_tag_permissions};
use crate::params::Tags;
use crate::time;

const AT_MOST: u32 = 100;

/// Names of the groups of the dialect.
pub(super) type GroupNames = HashMap<GroupId, String>;

pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    refuse_tag_permissions(call.params, "EnableTagAuth")?;
    call.params.refuse("CatalogId", "there are no catalogues")?;
    let groups = groups(call).await?;
    let listed = wanted(call, &groups, page).await?;
    let stages = call.stages().await?;
    let mut summaries = Vec::with_capacity(listed.items.len());
    for api in &listed.items {
        summaries.push(summary(call, &groups, &stages, api).await?);
    }
    Ok(listed.with(summaries).answer("ApiSummarys", "ApiSummary", |summary| summary))
}

/// The group that is named, or all of the dialect.
pub(super) async fn groups(call: &Call<'_>) -> Result<GroupNames, Fault> {
    if call.params.text("GroupId").is_some() {
        let group = call.group().await?.value;
        return Ok(HashMap::from([(group.id, group.name)]));
    }
    let filter = GroupFilter { dialect: Some(DIALECT), ..GroupFilter::default() };
    let groups = everything(async |paging| call.control.list_groups(&filter, &paging).await).await?;
    Ok(groups.into_iter().map(|group| (group.value.id, group.value.name)).collect())
}

/// What the store filters by is left to it, with the paging, unless there are other conditions.
async fn wanted(
    call: &Call<'_>,
    groups: &GroupNames,
    page: PageNumber,
) -> Result<Listed<Stored<Api>>, Fault> {
    let params = call.params;
    let group = params.id("GroupId", "ApiGroup")?.map(GroupId);
    let text = |name| params.text(name).map(str::to_owned);
    let filter = ApiFilter {
        group,
        name_contains: text("ApiName"),
        path_contains: text("ApiPath"),
        ..ApiFilter::default()
    };
    let others = ["ApiId", "ApiMethod", "StageName", "UnDeployed", "Visibility"];
    let tags = Tags::of(params)?;
    if group.is_some() && tags.is_empty() && others.iter().all(|name| params.text(name).is_none()) {
        return Ok(page.given(call.control.list_apis(&filter, &page.paging()).await?));
    }
    let deployed = Deployed::of(call, group).await?;
    let mut all = everything(async |paging| call.control.list_apis(&filter, &paging).await).await?;
    all.retain(|Stored { value: api, .. }| {
        groups.contains_key(&api.group)
            && is(call, "ApiId", Some(&api.id.to_string()))
            && is(call, "ApiMethod", word(METHODS, &api.definition.request.method))
            && is(call, "Visibility", word(VISIBILITIES, &api.definition.visibility))
            && tags.are_on(&api.definition.extra)
            && deployed.takes(api.id)
    });
    Ok(page.cut(all))
}

/// Whether a parameter is absent or has this value.
pub(super) fn is(call: &Call<'_>, name: &str, value: Option<&str>) -> bool {
    call.params.text(name).is_none_or(|wanted| value == Some(wanted))
}

/// Conditions on what serves.
enum Deployed {
    Whatever,
    In(HashSet<ApiId>),
    NotIn(HashSet<ApiId>),
}

impl Deployed {
    /// `StageName` asks for what is deployed there; with `UnDeployed`, for what is not.
    async fn of(call: &Call<'_>, group: Option<GroupId>) -> Result<Self, Fault> {
        let undeployed = call.params.flag("UnDeployed")?.unwrap_or_default();
        let stage = call.stage_if_named().await?.map(|stage| stage.value.id);
        if stage.is_none() && !undeployed {
            return Ok(Self::Whatever);
        }
        let filter = DeploymentFilter { group, stage, online: Some(true), ..DeploymentFilter::default() };
        let online = everything(async |paging| call.control.list_deployments(filter, &paging).await).await?;
        let apis = online.into_iter().map(|deployment| deployment.value.api).collect();
        Ok(if undeployed { Self::NotIn(apis) } else { Self::In(apis) })
    }

    fn takes(&self, api: ApiId) -> bool {
        match self {
            Self::Whatever => true,
            Self::In(apis) => apis.contains(&api),
            Self::NotIn(apis) => !apis.contains(&api),
        }
    }
}

async fn summary(
    call: &Call<'_>,
    groups: &GroupNames,
    stages: &[Stored<Stage>],
    stored: &Stored<Api>,
) -> Result<Value, Fault> {
    let api = &stored.value;
    let definition = &api.definition;
    let deployed = shown::deployed_infos(call, api.id, stages).await?;
    Ok(json!({
        "ApiId": api.id,
        "ApiName": definition.name,
        "Description": definition.description,
        "ApiMethod": word(METHODS, &definition.request.method).unwrap_or("POST"),
        "ApiPath": definition.request.path,
        "Visibility": word(VISIBILITIES, &definition.visibility),
        "GroupId": api.group,
        "GroupName": groups.get(&api.group),
        "RegionId": call.region,
        "CreatedTime": time::written(stored.created_at),
        "ModifiedTime": time::written(stored.updated_at),
        "DeployedInfos": { "DeployedInfo": deployed },
        "TagList": { "Tag": Tags::on(&definition.extra).shown_on_api() },
    }))
}
