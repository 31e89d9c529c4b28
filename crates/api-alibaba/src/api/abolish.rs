//! `AbolishApi`.

use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn abolish(call: &Call<'_>) -> Result<Value, Fault> {
    let (api, _) = call.api().await?;
    let stage = call.stage().await?.value.id;
    call.control.take_api_offline(api.value.id, stage).await?;
    Ok(json!({}))
}
