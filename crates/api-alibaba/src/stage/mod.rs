//! Stages of a group, and the variables that it has there.

mod create_variable;
mod delete_variable;
mod describe;

pub(crate) use create_variable::create_variable;
pub(crate) use delete_variable::delete_variable;
pub(crate) use describe::describe;

use paifang_control::Stored;
use paifang_model::Stage;
use paifang_model::id::StageId;

use crate::call::{Call, DIALECT};
use crate::fault::Fault;

/// The stage that `StageId` names.
async fn named(call: &Call<'_>) -> Result<Stored<Stage>, Fault> {
    let id = StageId(call.params.required_id("StageId", "Stage")?);
    let stage = call.control.read_stage(id).await?;
    if stage.value.dialect == DIALECT { Ok(stage) } else { Err(Fault::not_found("Stage")) }
}
