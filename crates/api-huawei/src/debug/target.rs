//! Which definition answers a debugged call, and whether it may be debugged.

use paifang_control::Error;
use paifang_model::{Api, Definition};

use super::read::{Asked, Mode};
use crate::call::Call;
use crate::fault::{Fault, codes};
use crate::port::DebugTarget;
use crate::{environment, scope};

pub(super) async fn find(call: &Call, api: &Api, asked: &Asked) -> Result<DebugTarget, Fault> {
    if asked.mode == Mode::Draft {
        refuse_variables(&api.definition)?;
        return Ok(DebugTarget::Draft(Box::new(api.definition.clone())));
    }
    let stages = scope::environments(&call.context).await?;
    let stage = environment::named(&stages, &asked.stage)?.value.id;
    let deployment = match call.context.read_deployment(api.id, stage).await {
        Ok(deployment) if deployment.value.online => deployment.value,
        Ok(_) | Err(Error::NotFound { .. }) => return Err(codes::NOT_PUBLISHED.fault()),
        Err(error) => return Err(error.into()),
    };
    refuse_variables(&call.context.read_version(deployment.version).await?.value.definition)?;
    Ok(DebugTarget::Stage(stage))
}

/// Spec: huawei/api-model.md §8.
fn refuse_variables(definition: &Definition) -> Result<(), Fault> {
    match definition.variables().first() {
        Some(place) => {
            Err(codes::CANNOT_DEBUG
                .with(format!("the backend's address holds the variable #{}#", place.name)))
        }
        None => Ok(()),
    }
}
