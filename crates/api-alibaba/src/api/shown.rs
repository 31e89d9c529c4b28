//! What the answers about APIs have in common.

use std::collections::HashMap;

use paifang_control::{DeploymentFilter, Error, Stored};
use paifang_model::id::{ApiId, StageId};
use paifang_model::{Definition, Deployment, Group, Stage};
use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::definition::{self, Needs};
use crate::fault::Fault;
use crate::listing::everything;
use crate::time;

/// A definition with the group that it is in.
pub(super) async fn definition_in(
    call: &Call<'_>,
    group: &Group,
    definition: &Definition,
) -> Result<Map<String, Value>, Fault> {
    let mut out = definition::write(definition, &needs(call, definition).await?);
    out.insert("GroupId".to_owned(), json!(group.id));
    out.insert("GroupName".to_owned(), json!(group.name));
    out.insert("RegionId".to_owned(), json!(call.region));
    Ok(out)
}

/// A frozen definition may name what is gone by now.
async fn needs(call: &Call<'_>, definition: &Definition) -> Result<Needs, Fault> {
    let mut needs = Needs::default();
    if let Some(access) = definition.access() {
        needs.access = if_there(call.control.read_backend_access(access).await)?;
    }
    if let Some(service) = definition.service() {
        needs.service = if_there(call.control.read_backend_service(service).await)?;
    }
    Ok(needs)
}

fn if_there<R>(found: Result<Stored<R>, Error>) -> Result<Option<R>, Fault> {
    match found {
        Ok(found) => Ok(Some(found.value)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Names of stages by id.
pub(super) fn names(stages: &[Stored<Stage>]) -> HashMap<StageId, &str> {
    stages.iter().map(|stage| (stage.value.id, stage.value.name.as_str())).collect()
}

/// `DeployedInfo`: of every stage, what serves there.
pub(super) async fn deployed_infos(
    call: &Call<'_>,
    api: ApiId,
    stages: &[Stored<Stage>],
) -> Result<Vec<Value>, Fault> {
    let filter = DeploymentFilter { api: Some(api), online: Some(true), ..DeploymentFilter::default() };
    let online = everything(async |paging| call.control.list_deployments(filter, &paging).await).await?;
    let mut infos = Vec::with_capacity(stages.len());
    for stage in stages {
        let here = online.iter().find(|deployment| deployment.value.stage == stage.value.id);
        infos.push(match here {
            Some(deployment) => deployed_info(call, &deployment.value, &stage.value).await?,
            None => json!({ "StageName": stage.value.name, "DeployedStatus": "NONDEPLOYED" }),
        });
    }
    Ok(infos)
}

async fn deployed_info(call: &Call<'_>, deployment: &Deployment, stage: &Stage) -> Result<Value, Fault> {
    let version = call.control.read_version(deployment.version).await?.value;
    Ok(json!({
        "StageName": stage.name,
        "DeployedStatus": "DEPLOYED",
        "EffectiveVersion": time::history_version(version.made_at),
    }))
}

/// Takes members out of an object, named by paths with dots; the items of lists are looked into.
pub(super) fn without(value: &mut Value, path: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| without(item, path)),
        Value::Object(members) => match path.split_once('.') {
            None => {
                members.shift_remove(path);
            }
            Some((first, rest)) => {
                if let Some(member) = members.get_mut(first) {
                    without(member, rest);
                }
            }
        },
        _ => {}
    }
}
