//! `DescribeApiGroup`.

use paifang_control::Stored;
use paifang_model::Stage;
use serde_json::{Value, json};

use super::network_policy;
use super::settings::kept;
use crate::INSTANCE;
use crate::call::Call;
use crate::domain;
use crate::fault::Fault;
use crate::time;

pub(crate) async fn describe(call: &Call<'_>) -> Result<Value, Fault> {
    let Stored { value: group, created_at, updated_at, .. } = call.group().await?;
    let stages = call.stages().await?;
    let domains = domain::of_group(call, &group, &stages).await?;
    let stages: Vec<Value> = stages.iter().map(|stage| stage_info(&stage.value)).collect();
    Ok(json!({
        "GroupId": group.id,
        "GroupName": group.name,
        "Description": group.description,
        "BasePath": group.base_path,
        "SubDomain": group.subdomain,
        "DisableInnerDomain": !group.subdomain_enabled,
        "InstanceId": INSTANCE,
        "InstanceType": "VPC_SHARED",
        "RegionId": call.region,
        "Status": "NORMAL",
        "BillingStatus": "NORMAL",
        "IllegalStatus": "NORMAL",
        "HttpsPolicy": network_policy::name(&group),
        "TrafficLimit": group.calls_per_second.unwrap_or_default(),
        "PassthroughHeaders": group.passthrough_headers.join(","),
        "CompatibleFlags": kept(&group, "CompatibleFlags"),
        "CustomAppCodeConfig": kept(&group, "CustomAppCodeConfig"),
        "CustomTraceConfig": kept(&group, "CustomTraceConfig"),
        "CustomerConfigs": kept(&group, "CustomerConfigs"),
        "DefaultDomain": kept(&group, "DefaultDomain"),
        "UserLogConfig": kept(&group, "UserLogConfig"),
        "CreatedTime": time::written(created_at),
        "ModifiedTime": time::written(updated_at),
        "CustomDomains": { "DomainItem": domains },
        "StageItems": { "StageInfo": stages },
    }))
}

fn stage_info(stage: &Stage) -> Value {
    json!({ "StageId": stage.id, "StageName": stage.name, "Description": stage.description })
}
