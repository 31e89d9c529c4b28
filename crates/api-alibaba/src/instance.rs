//! Regions and instances: there is one of each.

use serde_json::{Value, json};

use crate::INSTANCE;
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::PageNumber;

/// `DescribeRegions`: this gateway's own, reached as the client reaches it.
pub(crate) async fn regions(call: &Call<'_>) -> Result<Value, Fault> {
    let Call { region, host, .. } = call;
    Ok(json!({ "Regions": { "Region": [
        { "RegionId": region, "LocalName": region, "RegionEndpoint": host },
    ] } }))
}

/// `DescribeInstances`.
pub(crate) async fn instances(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, 100)?;
    let wanted = call.params.text("InstanceId").is_none_or(|id| id == INSTANCE);
    let listed = page.cut(if wanted { vec![INSTANCE] } else { Vec::new() });
    Ok(listed.answer("Instances", "InstanceAttribute", |id| {
        json!({
            "InstanceId": id,
            "InstanceName": id,
            "InstanceType": "VPC_SHARED",
            "RegionId": call.region,
            "Status": "RUNNING",
            "VpcIntranetEnable": false,
            "SupportIpv6": true,
        })
    }))
}
