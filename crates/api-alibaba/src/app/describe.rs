//! `DescribeApp`.

use paifang_control::Stored;
use paifang_model::App;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::time;

pub(crate) async fn describe(call: &Call<'_>) -> Result<Value, Fault> {
    Ok(attribute(&call.app().await?))
}

pub(super) fn attribute(app: &Stored<App>) -> Value {
    json!({
        "AppId": app.value.number,
        "AppName": app.value.name,
        "Description": app.value.description,
        "Disabled": false,
        "CreatedTime": time::written(app.created_at),
        "ModifiedTime": time::written(app.updated_at),
    })
}
