//! Which definition answers a debugged call, and whether it may be debugged.

use std::collections::HashMap;

use paifang_control::{Error, VariableFilter};
use paifang_model::{Api, Definition, Violations};

use super::read::{Asked, Mode};
use crate::call::Call;
use crate::fault::{Fault, codes};
use crate::port::DebugTarget;
use crate::{environment, scope};

pub(super) async fn find(call: &Call, api: &Api, asked: &Asked) -> Result<DebugTarget, Fault> {
    if asked.mode == Mode::Draft {
        refuse_variables_in_path(&api.definition)?;
        let definition = resolved(call, api, &asked.stage).await?;
        return Ok(DebugTarget::Draft(Box::new(definition)));
    }
    let stages = scope::environments(&call.context).await?;
    let stage = environment::named(&stages, &asked.stage)?.value.id;
    let deployment = match call.context.read_deployment(api.id, stage).await {
        Ok(deployment) if deployment.value.online => deployment.value,
        Ok(_) | Err(Error::NotFound { .. }) => return Err(codes::NOT_PUBLISHED.fault()),
        Err(error) => return Err(error.into()),
    };
    refuse_variables_in_path(&call.context.read_version(deployment.version).await?.value.definition)?;
    Ok(DebugTarget::Stage(stage))
}

/// Spec: huawei/api-model.md §8.
fn refuse_variables_in_path(definition: &Definition) -> Result<(), Fault> {
    match definition.variables().iter().find(|place| place.pointer.ends_with("/backend/path")) {
        Some(place) => {
            Err(codes::CANNOT_DEBUG.with(format!("the backend's path holds the variable #{}#", place.name)))
        }
        None => Ok(()),
    }
}

/// The draft with the values that its variables have in the environment: a draft itself stands in none.
async fn resolved(call: &Call, api: &Api, stage: &str) -> Result<Definition, Fault> {
    if api.definition.variables().is_empty() {
        return Ok(api.definition.clone());
    }
    let stages = scope::environments(&call.context).await?;
    let stage = environment::named(&stages, stage)?.value.id;
    let filter = &VariableFilter { stage: Some(stage), ..VariableFilter::default() };
    let variables =
        scope::all(|paging| async move { call.context.list_variables(api.group, filter, &paging).await })
            .await?;
    let values: HashMap<&str, &str> =
        variables.iter().map(|found| (found.value.name.as_str(), found.value.value.as_str())).collect();
    let resolved = api.definition.resolve(|name| values.get(name).copied());
    Ok(resolved.map_err(|complaints| refused(&complaints))?.into_owned())
}

fn refused(complaints: &Violations) -> Fault {
    let messages: Vec<&str> = complaints.iter().map(|complaint| complaint.message.as_str()).collect();
    codes::CANNOT_DEBUG.with(messages.join("; "))
}
