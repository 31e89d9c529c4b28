//! Regions and instances: there is one of each.

use paifang_model::IpVersion;
use serde_json::{Value, json};

use crate::INSTANCE;
use crate::access_list;
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::{PageNumber, refuse_tag_permissions};
use crate::params::Tags;
use crate::time;

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
    let listed = page.cut(if wanted { vec![instance(call).await?] } else { Vec::new() });
    Ok(listed.answer("Instances", "InstanceAttribute", |instance| instance))
}

/// The one that there is, with the lists of addresses that are in force.
async fn instance(call: &Call<'_>) -> Result<Value, Fault> {
    let account = call.control.read_account().await?;
    let mut instance = json!({
        "InstanceId": INSTANCE,
        "InstanceName": INSTANCE,
        "InstanceType": TYPE,
        "RegionId": call.region,
        "CreatedTime": time::written(account.created_at),
        "Status": "RUNNING",
        "VpcIntranetEnable": false,
        "SupportIpv6": true,
    });
    for version in [IpVersion::Ipv4, IpVersion::Ipv6] {
        if let (Value::Object(all), Value::Object(list)) =
            (&mut instance, access_list::in_force(call, version).await?)
        {
            all.extend(list);
        }
    }
    Ok(instance)
}
