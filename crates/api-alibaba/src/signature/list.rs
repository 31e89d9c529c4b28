//! `DescribeSignatures`. Whoever may not see secrets is shown the keys without them.

use paifang_control::{Action, Stored, may};
use paifang_model::Policy;
use serde_json::{Value, json};

use super::SORT;
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::PageNumber;
use crate::rule::{AT_MOST, members, text};
use crate::time;

pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let listed = page.cut(SORT.list(call).await?);
    let mut shown = Vec::with_capacity(listed.items.len());
    for signature in &listed.items {
        shown.push(self::shown(call, signature).await?);
    }
    Ok(listed.with(shown).answer("SignatureInfos", "SignatureInfo", |info| info))
}

async fn shown(call: &Call<'_>, stored: &Stored<Policy>) -> Result<Value, Fault> {
    let policy = &stored.value;
    let mut shown = json!({
        "SignatureId": policy.id,
        "SignatureName": policy.name,
        "SignatureKey": members(&policy.settings).get("key").map(text),
        "RegionId": call.region,
        "CreatedTime": time::written(stored.created_at),
        "ModifiedTime": time::written(stored.updated_at),
    });
    if may(call.control.principal().role, Action::RevealSignatureKey) {
        let secret = call.control.reveal_policy(policy.id).await?;
        shown["SignatureSecret"] = json!(secret.expose());
    }
    Ok(shown)
}
