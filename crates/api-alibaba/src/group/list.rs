//! `DescribeApiGroups`.

use paifang_control::{GroupFilter, Paging, Stored};
use paifang_model::Group;
use serde_json::{Value, json};

use super::{network_policy, settings};
use crate::INSTANCE;
use crate::call::{Call, DIALECT};
use crate::fault::Fault;
use crate::listing::{Listed, PageNumber, direction, everything, refuse_tag_permissions};
use crate::params::Tags;
use crate::time;

/// Groups on one page (spec: aliyun/management-api.md §3).
const AT_MOST: u32 = 50;

pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    settings::check_instance(call.params)?;
    refuse_tag_permissions(call.params, "EnableTagAuth")?;
    let name_contains = call.params.text("GroupName").map(str::to_owned);
    let filter = GroupFilter { dialect: Some(DIALECT), name: None, name_contains };
    let listed = wanted(call, &filter, page).await?;
    Ok(listed.answer("ApiGroupAttributes", "ApiGroupAttribute", |group| attribute(call, &group)))
}

async fn wanted(
    call: &Call<'_>,
    filter: &GroupFilter,
    page: PageNumber,
) -> Result<Listed<Stored<Group>>, Fault> {
    let tags = Tags::of(call.params)?;
    let direction = direction(call.params)?;
    let (id, base_path) = (call.params.text("GroupId"), call.params.text("BasePath"));
    if id.is_none() && base_path.is_none() && tags.is_empty() {
        let paging = Paging { direction, ..page.paging() };
        return Ok(page.given(call.control.list_groups(filter, &paging).await?));
    }
    let list = async |paging| call.control.list_groups(filter, &Paging { direction, ..paging }).await;
    let mut all = everything(list).await?;
    all.retain(|Stored { value: group, .. }| {
        id.is_none_or(|id| group.id.to_string() == id)
            && base_path.is_none_or(|path| group.base_path == path)
            && tags.are_on(&group.extra)
    });
    Ok(page.cut(all))
}

fn attribute(call: &Call<'_>, stored: &Stored<Group>) -> Value {
    let group = &stored.value;
    json!({
        "GroupId": group.id,
        "GroupName": group.name,
        "Description": group.description,
        "BasePath": group.base_path,
        "SubDomain": group.subdomain,
        "InstanceId": INSTANCE,
        "InstanceType": "VPC_SHARED",
        "RegionId": call.region,
        "BillingStatus": "NORMAL",
        "IllegalStatus": "NORMAL",
        "HttpsPolicy": network_policy::name(group),
        "TrafficLimit": group.calls_per_second.unwrap_or_default(),
        "CreatedTime": time::written(stored.created_at),
        "ModifiedTime": time::written(stored.updated_at),
        "Tags": { "TagInfo": Tags::on(&group.extra).shown() },
    })
}
