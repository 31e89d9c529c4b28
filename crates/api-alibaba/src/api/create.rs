//! `CreateApi`.

use serde_json::{Value, json};

use crate::call::Call;
use crate::definition;
use crate::fault::{Fault, Sent};

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?.value;
    let definition = definition::read(call, None).await?;
    let api = call.control.create_api(group.id, definition).await.map_err(Fault::of(Sent::Api))?;
    Ok(json!({ "ApiId": api.value.id }))
}
