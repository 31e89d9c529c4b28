//! `DeleteBackend`.

use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let service = super::named(call).await?;
    call.control.delete_backend_service(service.value.id, None).await?;
    Ok(json!({}))
}
