//! `AttachPlugin` and `DetachPlugin`. What is attached holds at once, and takes the place of another plug-in of its type.

use paifang_control::BindTarget;
use paifang_model::Binding;
use paifang_model::id::ApiId;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn attach(call: &Call<'_>) -> Result<Value, Fault> {
    let policy = super::named(call).await?.value.id;
    let stage = call.stage().await?.value.id;
    let targets: Vec<_> = apis(call).await?.into_iter().map(|api| BindTarget { api, stage }).collect();
    call.control.bind_policy(policy, &targets).await.map_err(Fault::of(Sent::Attachment))?;
    Ok(json!({}))
}

pub(crate) async fn detach(call: &Call<'_>) -> Result<Value, Fault> {
    let policy = super::named(call).await?.value.id;
    let (api, stage) = (call.api().await?.0.value.id, call.stage().await?.value.id);
    call.control.unbind_policy(Binding::id_of(policy, api, stage)).await?;
    Ok(json!({}))
}

/// What `ApiId` or `ApiIds` names.
async fn apis(call: &Call<'_>) -> Result<Vec<ApiId>, Fault> {
    let params = call.params;
    if params.text("ApiIds").is_none() {
        return Ok(vec![call.api().await?.0.value.id]);
    }
    params.refuse("ApiId", "`ApiIds` names the APIs")?;
    call.apis().await
}
