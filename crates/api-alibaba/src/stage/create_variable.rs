//! `CreateApiStageVariable`.

use paifang_control::VariableDraft;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

const NO_ROUTES: &str = "a variable has one value in a stage, whatever the call's parameters are";

pub(crate) async fn create_variable(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    params.refuse_true("SupportRoute", NO_ROUTES)?;
    if let Some(model) = params.text("StageRouteModel") {
        return Err(Fault::unsupported("StageRouteModel", model, NO_ROUTES));
    }
    let group = call.group().await?.value.id;
    let stage = super::named(call).await?.value.id;
    let name = params.required("VariableName")?.to_owned();
    let value = params.required("VariableValue")?.to_owned();
    let made = call.control.create_variable(group, stage, VariableDraft { name, value }).await;
    made.map_err(Fault::of(Sent::Variable))?;
    Ok(json!({}))
}
