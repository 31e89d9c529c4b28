//! `DeleteApi`.

use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let (api, _) = call.api().await?;
    call.control.delete_api(api.value.id, None).await?;
    Ok(json!({}))
}
