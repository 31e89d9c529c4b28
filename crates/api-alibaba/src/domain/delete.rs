//! `DeleteDomain`.

use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?.value;
    let domain = super::bound(call, group.id).await?.ok_or_else(|| Fault::not_found("Domain"))?;
    call.control.unbind_domain(domain.value.id, None).await?;
    Ok(json!({}))
}
