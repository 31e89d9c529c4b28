//! `DeleteApiStageVariable`.

use paifang_model::Variable;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn delete_variable(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?.value.id;
    let stage = super::named(call).await?.value.id;
    let id = Variable::id_of(group, stage, call.params.required("VariableName")?);
    call.control.delete_variable(id, None).await?;
    Ok(json!({}))
}
