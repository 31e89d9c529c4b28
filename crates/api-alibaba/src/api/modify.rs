//! `ModifyApi`: the whole definition anew. What is published stays until the next deployment.

use serde_json::{Value, json};

use crate::call::Call;
use crate::definition;
use crate::fault::{Fault, Sent};

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let (api, _) = call.api().await?;
    let definition = definition::read(call, Some(&api.value.definition)).await?;
    // What was read is what is replaced.
    let edited = call.control.edit_api(api.value.id, definition, Some(api.revision)).await;
    edited.map_err(Fault::of(Sent::Api))?;
    Ok(json!({}))
}
