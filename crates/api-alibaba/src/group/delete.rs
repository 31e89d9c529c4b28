//! `DeleteApiGroup`.

use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?;
    call.control.delete_group(group.value.id, None).await?;
    Ok(json!({}))
}
