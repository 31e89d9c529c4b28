//! `DescribeApiStage`: an operation of older SDKs, and the only one that shows variables.

use paifang_control::VariableFilter;
use paifang_model::Variable;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::listing::everything;
use crate::time;

pub(crate) async fn describe(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?.value.id;
    let stage = super::named(call).await?;
    let filter = &VariableFilter { stage: Some(stage.value.id), ..VariableFilter::default() };
    let variables =
        everything(async |paging| call.control.list_variables(group, filter, &paging).await).await?;
    let variables: Vec<Value> = variables.iter().map(|variable| item(&variable.value)).collect();
    Ok(json!({
        "GroupId": group,
        "StageId": stage.value.id,
        "StageName": stage.value.name,
        "Description": stage.value.description,
        "CreatedTime": time::written(stage.created_at),
        "ModifiedTime": time::written(stage.updated_at),
        "Variables": { "VariableItem": variables },
    }))
}

fn item(variable: &Variable) -> Value {
    json!({ "VariableName": variable.name, "VariableValue": variable.value, "SupportRoute": false })
}
