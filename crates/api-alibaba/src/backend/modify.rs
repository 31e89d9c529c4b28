//! `ModifyBackend`: name and description; a description that is absent stays.

use paifang_control::BackendServicePatch;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    let service = super::named(call).await?;
    params.required("BackendType")?;
    super::check_type(call, &service.value)?;
    let patch = BackendServicePatch {
        name: Some(params.required("BackendName")?.to_owned()),
        description: params.given("Description").map(str::to_owned),
    };
    let changed = call.control.update_backend_service(service.value.id, patch, None).await;
    changed.map_err(Fault::of(Sent::Backend))?;
    Ok(json!({}))
}
