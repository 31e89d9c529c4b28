//! `DeletePlugin`.

use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::params::Tags;

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    Tags::refuse(call.params, "plug-ins have no tags yet")?;
    let id = super::named(call).await?.value.id;
    call.control.delete_policy(id, None).await?;
    Ok(json!({}))
}
