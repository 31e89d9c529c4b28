//! `DescribeVpcAccesses`.

use paifang_control::{BackendAccessFilter, Stored};
use paifang_model::BackendAccess;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::listing::{PageNumber, everything};
use crate::params::Tags;
use crate::time;

const AT_MOST: u32 = 100;

pub(crate) async fn describe(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    let page = PageNumber::of(params, AT_MOST)?;
    Tags::refuse(params, "accesses have no tags yet")?;
    let name = params.text("Name").map(str::to_owned);
    let filter = match params.flag("AccurateQuery")? {
        Some(true) => BackendAccessFilter { name, ..BackendAccessFilter::default() },
        _ => BackendAccessFilter { name_contains: name, ..BackendAccessFilter::default() },
    };
    let is = |parameter, value: &str| params.text(parameter).is_none_or(|wanted| wanted == value);
    let mut all =
        everything(async |paging| call.control.list_backend_accesses(&filter, &paging).await).await?;
    all.retain(|Stored { value: access, .. }| {
        is("VpcId", &access.network)
            && is("InstanceId", &access.instance)
            && is("Port", &access.port.to_string())
            && is("VpcAccessId", &access.id.to_string())
    });
    let listed = page.cut(all);
    Ok(listed.answer("VpcAccessAttributes", "VpcAccessAttribute", |access| attribute(call, &access)))
}

fn attribute(call: &Call<'_>, stored: &Stored<BackendAccess>) -> Value {
    let access = &stored.value;
    json!({
        "VpcAccessId": access.id,
        "Name": access.name,
        "Description": access.description,
        "VpcId": access.network,
        "InstanceId": access.instance,
        "Port": access.port,
        "VpcTargetHostName": access.host.as_deref().unwrap_or_default(),
        "RegionId": call.region,
        "CreatedTime": time::written(stored.created_at),
        "Tags": { "TagInfo": [] },
    })
}
