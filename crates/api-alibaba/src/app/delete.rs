//! `DeleteApp`.

use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let app = call.app().await?;
    call.control.delete_app(app.value.id, None).await?;
    Ok(json!({}))
}
