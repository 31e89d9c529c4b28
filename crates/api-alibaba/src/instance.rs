//! Regions and instances: there is one of each.

use serde_json::{Value, json};

use crate::INSTANCE;
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::{PageNumber, refuse_tag_permissions};
use crate::params::Tags;

/// What the vendor calls an instance that all groups share.
const TYPE: &str = "VPC_SHARED";

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
    refuse_tag_permissions(call.params, "EnableTagAuthorization")?;
    Tags::refuse(call.params, "the instance has no tags")?;
    let is = |name, value| call.params.text(name).is_none_or(|wanted| wanted == value);
    let wanted = is("InstanceId", INSTANCE) && is("InstanceType", TYPE);
    let listed = page.cut(if wanted { vec![INSTANCE] } else { Vec::new() });
    Ok(listed.answer("Instances", "InstanceAttribute", |id| {
        json!({
            "InstanceId": id,
            "InstanceName": id,
            "InstanceType": TYPE,
            "RegionId": call.region,
            "Status": "RUNNING",
            "VpcIntranetEnable": false,
            "SupportIpv6": true,
        })
    }))
}
