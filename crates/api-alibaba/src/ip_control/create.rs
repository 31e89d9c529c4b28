//! `CreateIpControl`, with the items that it has from the start.

use paifang_control::PolicyDraft;
use serde_json::{Value, json};

use super::SORT;
use super::item::Item;
use crate::call::{Call, DIALECT};
use crate::fault::{Fault, Sent};

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    params.required(SORT.name)?;
    let effect = params.required("IpControlType")?;
    let mut items = Vec::new();
    for given in params.items("IpControlPolicys") {
        let item = Item::given(call, Some(given.text("CidrIp")), Some(given.text("AppId"))).await?;
        items.push(Value::Object(item.made()));
    }
    let draft = PolicyDraft {
        dialect: DIALECT,
        kind: SORT.kind,
        name: params.required(SORT.name)?.to_owned(),
        settings: json!({ "type": effect, "items": items }),
        secret: None,
        remark: params.text("Description").unwrap_or_default().to_owned(),
    };
    let policy = call.control.create_policy(draft).await.map_err(Fault::of(Sent::IpControl))?;
    Ok(json!({ "IpControlId": policy.value.id }))
}
