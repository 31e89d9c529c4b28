//! `DescribeDeployedApis`: what serves, in all stages or one.

use paifang_control::DeploymentFilter;
use paifang_model::id::GroupId;
use paifang_model::{Deployment, Version};
use serde_json::{Value, json};

use super::list::{GroupNames, groups, is};
use super::shown;
use crate::call::Call;
use crate::definition::{METHODS, VISIBILITIES, word};
use crate::fault::Fault;
use crate::listing::{PageNumber, everything, refuse_tag_permissions};
use crate::params::Tags;
use crate::time;

const AT_MOST: u32 = 100;

pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    refuse_tag_permissions(call.params, "EnableTagAuth")?;
    let tags = Tags::of(call.params)?;
    let groups = groups(call).await?;
    let stages = call.stages().await?;
    let names = shown::names(&stages);
    let filter = DeploymentFilter {
        group: call.params.id("GroupId", "ApiGroup")?.map(GroupId),
        stage: call.stage_if_named().await?.map(|stage| stage.value.id),
        online: Some(true),
        ..DeploymentFilter::default()
    };
    let mut found = Vec::new();
    for deployment in everything(async |paging| call.control.list_deployments(filter, &paging).await).await? {
        let Deployment { group, api, version, .. } = deployment.value;
        if groups.contains_key(&group) && is(call, "ApiId", Some(&api.to_string())) {
            let version = call.control.read_version(version).await?.value;
            if is_wanted(call, &version) && tags.are_on(&version.definition.extra) {
                found.push((deployment.value, version));
            }
        }
    }
    Ok(page.cut(found).answer("DeployedApis", "DeployedApiItem", |(deployment, version)| {
        item(call, &groups, names.get(&deployment.stage).copied(), &deployment, &version)
    }))
}

fn is_wanted(call: &Call<'_>, version: &Version) -> bool {
    let definition = &version.definition;
    let holds = |name, text: &str| {
        let wanted = call.params.text(name).map(str::to_ascii_lowercase);
        wanted.is_none_or(|wanted| text.to_ascii_lowercase().contains(&wanted))
    };
    holds("ApiName", &definition.name)
        && holds("ApiPath", definition.request.path.as_str())
        && is(call, "ApiMethod", word(METHODS, &definition.request.method))
}

fn item(
    call: &Call<'_>,
    groups: &GroupNames,
    stage: Option<&str>,
    deployment: &Deployment,
    version: &Version,
) -> Value {
    let definition = &version.definition;
    json!({
        "ApiId": deployment.api,
        "ApiName": definition.name,
        "Description": definition.description,
        "ApiMethod": word(METHODS, &definition.request.method).unwrap_or("POST"),
        "ApiPath": definition.request.path,
        "Visibility": word(VISIBILITIES, &definition.visibility),
        "GroupId": deployment.group,
        "GroupName": groups.get(&deployment.group),
        "RegionId": call.region,
        "StageName": stage,
        "DeployedTime": time::written(deployment.since),
    })
}
