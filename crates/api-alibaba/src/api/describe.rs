//! `DescribeApi`: the draft.

use serde_json::{Value, json};

use super::shown;
use crate::call::Call;
use crate::fault::Fault;
use crate::params::Tags;
use crate::time;

pub(crate) async fn describe(call: &Call<'_>) -> Result<Value, Fault> {
    let (api, group) = call.api().await?;
    let definition = &api.value.definition;
    let mut out = shown::definition_in(call, &group.value, definition).await?;
    let stages = call.stages().await?;
    let deployed = shown::deployed_infos(call, api.value.id, &stages).await?;
    out.shift_remove("ResultDescriptions");
    out.insert("ApiId".to_owned(), json!(api.value.id));
    out.insert("CreatedTime".to_owned(), json!(time::written(api.created_at)));
    out.insert("ModifiedTime".to_owned(), json!(time::written(api.updated_at)));
    out.insert("DeployedInfos".to_owned(), json!({ "DeployedInfo": deployed }));
    out.insert("TagList".to_owned(), json!({ "Tag": Tags::on(&definition.extra).shown_on_api() }));
    Ok(Value::Object(out))
}
