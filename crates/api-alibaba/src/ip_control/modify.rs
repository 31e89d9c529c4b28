//! `ModifyIpControl`: its name and what it is for. Its type stays; its items have operations of their own.

use paifang_control::PolicyPatch;
use serde_json::{Value, json};

use super::SORT;
use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let id = SORT.named(call).await?.value.id;
    let text = |name| call.params.text(name).map(str::to_owned);
    let patch = PolicyPatch { name: text(SORT.name), remark: text("Description"), ..PolicyPatch::default() };
    call.control.update_policy(id, patch, None).await.map_err(Fault::of(Sent::IpControl))?;
    Ok(json!({}))
}
