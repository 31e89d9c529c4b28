//! `CreateBackend`.

use paifang_control::BackendServiceDraft;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::params::Tags;

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    Tags::refuse(params, "backend services have no tags yet")?;
    for role in ["CreateSlr", "CreateEventBridgeServiceLinkedRole"] {
        params.refuse_true(role, "there are no service-linked roles")?;
    }
    let draft = BackendServiceDraft {
        name: params.required("BackendName")?.to_owned(),
        kind: super::kind_of(params.required("BackendType")?)?,
        description: params.text("Description").unwrap_or_default().to_owned(),
    };
    let made = call.control.create_backend_service(draft).await.map_err(Fault::of(Sent::Backend))?;
    Ok(json!({ "BackendId": made.value.id }))
}
