//! `DescribeIpControls`.

use paifang_control::Stored;
use paifang_model::Policy;
use serde_json::{Value, json};

use super::SORT;
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::PageNumber;
use crate::rule::{AT_MOST, members};
use crate::time;

pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let effect = call.params.text("IpControlType");
    let mut all = SORT.list(call).await?;
    all.retain(|policy| {
        effect.is_none_or(|effect| members(&policy.value.settings).get("type") == Some(&json!(effect)))
    });
    Ok(page.cut(all).answer("IpControlInfos", "IpControlInfo", |policy| shown(call, &policy)))
}

fn shown(call: &Call<'_>, stored: &Stored<Policy>) -> Value {
    let policy = &stored.value;
    json!({
        "IpControlId": policy.id,
        "IpControlName": policy.name,
        "IpControlType": members(&policy.settings).get("type"),
        "Description": policy.remark,
        "RegionId": call.region,
        "CreateTime": time::written(stored.created_at),
        "ModifiedTime": time::written(stored.updated_at),
    })
}
