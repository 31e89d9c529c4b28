//! `CreateBackendModel`, `ModifyBackendModel` and `DeleteBackendModel`: the definition of a service for a stage. What is
//! published there follows, or goes offline, by the task that `OperationId` names; without such APIs there is none.

use paifang_control::{Error, ServiceDefinitionDraft, Stored, Task};
use paifang_model::backend_service::ServiceDefinition;
use paifang_model::id::StageId;
use paifang_model::{BackendService, Kind};
use serde_json::{Value, json};

use super::config;
use crate::call::Call;
use crate::fault::{Fault, Sent};

const MODEL: &str = "BackendModel";

pub(crate) async fn create_model(call: &Call<'_>) -> Result<Value, Fault> {
    let service = super::named(call).await?;
    super::check_type(call, &service.value)?;
    let stage = call.stage().await?.value.id;
    if service.value.definition(stage).is_some() {
        return Err(Fault::repeated("StageName"));
    }
    let draft = ServiceDefinitionDraft {
        target: config::read(call, service.value.kind).await?,
        description: call.params.text("Description").unwrap_or_default().to_owned(),
    };
    // What was looked at is what is changed.
    let expected = Some(service.revision);
    let defined = call.control.define_backend_service(service.value.id, stage, draft, expected).await;
    defined.map_err(Fault::of(Sent::BackendModel))?;
    Ok(json!({ "BackendModelId": service.value.definition_id(stage) }))
}

pub(crate) async fn modify_model(call: &Call<'_>) -> Result<Value, Fault> {
    let (params, service) = (call.params, super::named(call).await?);
    super::check_type(call, &service.value)?;
    let definition = named(call, &service).await?;
    let draft = ServiceDefinitionDraft {
        target: match params.text("BackendModelData") {
            Some(_) => config::read(call, service.value.kind).await?,
            None => definition.target.clone(),
        },
        description: params.given("Description").unwrap_or(&definition.description).to_owned(),
    };
    let (id, stage, expected) = (service.value.id, definition.stage, Some(service.revision));
    let defined = call.control.define_backend_service(id, stage, draft, expected).await;
    Ok(operation(defined.map_err(Fault::of(Sent::BackendModel))?.task))
}

pub(crate) async fn delete_model(call: &Call<'_>) -> Result<Value, Fault> {
    let id = call.params.required_id("BackendModelId", MODEL)?;
    let service = super::named(call).await?.value;
    // Also of one that is gone: what is published may still be online.
    let named = call.stage_if_named().await?.map(|stage| stage.value.id);
    let mut stages = call.stages().await?.into_iter().map(|stage| stage.value.id);
    let stage = stages
        .find(|stage| service.definition_id(*stage) == id && named.is_none_or(|named| named == *stage))
        .ok_or_else(|| Fault::not_found(MODEL))?;
    match call.control.undefine_backend_service(service.id, stage, None).await {
        Ok(undefined) => Ok(operation(undefined.task)),
        Err(Error::NotFound { kind: Kind::BackendService, .. }) => Err(Fault::not_found(MODEL)),
        Err(error) => Err(error.into()),
    }
}

fn operation(task: Option<Task>) -> Value {
    task.map_or_else(|| json!({}), |task| json!({ "OperationId": task.id }))
}

/// The definition that `BackendModelId` names, or else `StageName`; both, where both are given.
async fn named<'s>(
    call: &Call<'_>,
    service: &'s Stored<BackendService>,
) -> Result<&'s ServiceDefinition, Fault> {
    let stage: Option<StageId> = call.stage_if_named().await?.map(|stage| stage.value.id);
    let id = call.params.id("BackendModelId", MODEL)?;
    if id.is_none() && stage.is_none() {
        return Err(Fault::missing("BackendModelId"));
    }
    let service = &service.value;
    let found = service.definitions.iter().find(|definition| {
        id.is_none_or(|id| id == service.definition_id(definition.stage))
            && stage.is_none_or(|stage| stage == definition.stage)
    });
    found.ok_or_else(|| Fault::not_found(MODEL))
}
