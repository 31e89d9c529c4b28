//! `Set…Apis` and `Remove…Apis`. What is bound holds at once, and takes the place of another policy of its sort.

use paifang_control::{BindTarget, BindingFilter};
use paifang_model::Binding;
use paifang_model::id::BindingId;
use serde_json::{Value, json};

use super::{Sort, Sorted};
use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn set_apis<S: Sorted>(call: &Call<'_>) -> Result<Value, Fault> {
    let sort = S::SORT;
    call.group().await?;
    let (policy, stage) = (sort.named(call).await?.value.id, call.stage().await?.value.id);
    let targets: Vec<_> = call.apis().await?.into_iter().map(|api| BindTarget { api, stage }).collect();
    call.control.bind_policy(policy, &targets).await.map_err(Fault::of(Sent::Attachment))?;
    Ok(json!({}))
}

pub(crate) async fn remove_apis<S: Sorted>(call: &Call<'_>) -> Result<Value, Fault> {
    let sort = S::SORT;
    let bindings = asked_for(call, sort).await?;
    if !bindings.is_empty() {
        call.control.unbind_policies(&bindings).await.map_err(Fault::of(Sent::Attachment))?;
    }
    Ok(json!({}))
}

/// The bindings to `ApiIds`; without it, to all APIs of the group in the stage.
async fn asked_for(call: &Call<'_>, sort: &Sort) -> Result<Vec<BindingId>, Fault> {
    let group = call.group().await?.value.id;
    let (policy, stage) = (sort.named(call).await?.value.id, call.stage().await?.value.id);
    if call.params.text("ApiIds").is_some() {
        let apis = call.apis().await?;
        return Ok(apis.into_iter().map(|api| Binding::id_of(policy, api, stage)).collect());
    }
    let filter = BindingFilter {
        policy: Some(policy),
        group: Some(group),
        stage: Some(stage),
        ..BindingFilter::default()
    };
    Ok(sort.bindings(call, filter).await?.into_iter().map(|binding| binding.value.id).collect())
}
