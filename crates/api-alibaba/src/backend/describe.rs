//! `DescribeBackendInfo`.

use std::collections::HashMap;

use paifang_control::Error;
use paifang_model::backend_service::ServiceDefinition;
use paifang_model::id::StageId;
use paifang_model::{BackendAccess, BackendService};
use serde_json::{Value, json};

use super::config;
use super::list::info;
use crate::call::Call;
use crate::fault::Fault;
use crate::time;

pub(crate) async fn describe(call: &Call<'_>) -> Result<Value, Fault> {
    let stored = super::named(call).await?;
    let service = &stored.value;
    let stages = call.stages().await?;
    let names: HashMap<StageId, &str> =
        stages.iter().map(|stage| (stage.value.id, stage.value.name.as_str())).collect();
    let mut models = Vec::with_capacity(service.definitions.len());
    for definition in &service.definitions {
        let access = access(call, definition).await?;
        let stage = names.get(&definition.stage).copied().unwrap_or_default();
        models.push(model(service, definition, stage, access.as_ref()));
    }
    let mut info = info(&stored);
    info["BackendModels"] = models.into();
    Ok(json!({ "BackendInfo": info }))
}

fn model(
    service: &BackendService,
    definition: &ServiceDefinition,
    stage: &str,
    access: Option<&BackendAccess>,
) -> Value {
    json!({
        "BackendModelId": service.definition_id(definition.stage),
        "StageModeId": definition.stage,
        "StageName": stage,
        "Description": definition.description,
        "GmtCreate": time::written(definition.made_at),
        "GmtModified": time::written(definition.changed_at),
        "BackendConfig": config::write(&definition.target, access),
    })
}

async fn access(call: &Call<'_>, definition: &ServiceDefinition) -> Result<Option<BackendAccess>, Fault> {
    let Some(id) = definition.target.access() else { return Ok(None) };
    match call.control.read_backend_access(id).await {
        Ok(access) => Ok(Some(access.value)),
        // It was taken away since the service was read.
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
