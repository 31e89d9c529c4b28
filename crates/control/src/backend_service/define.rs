//! Says where a backend service is in a stage; what is published there follows.

use paifang_model::backend_service::{ServiceDefinition, ServiceTarget};
use paifang_model::id::{BackendServiceId, StageId};
use paifang_model::{BackendService, Rule, Stage};
use paifang_store::{Stored, Task};
use serde::Deserialize;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;

/// Where a backend service is to be in a stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ServiceDefinitionDraft {
    /// Where calls go; of the kind of the service.
    pub target: ServiceTarget,
    /// What is said about it: at most 180 characters.
    #[serde(default)]
    pub description: String,
}

/// A backend service whose definition for a stage was changed or taken away.
#[derive(Debug, Clone)]
pub struct Defined {
    /// The service as it is now.
    pub service: Stored<BackendService>,
    /// What brings the published APIs there, or takes them offline; none when there are none.
    pub task: Option<Task>,
}

impl Context {
    /// Makes or changes the definition of a backend service for a stage; with `expected`, only as the service was at
    /// that revision. APIs published there that use it follow by the task; done again, those that do not follow yet.
    ///
    /// # Errors
    /// When the caller may not, there is no such backend service or stage, rules are broken, or someone else changed the
    /// service.
    pub async fn define_backend_service(
        &self,
        id: BackendServiceId,
        stage: StageId,
        draft: ServiceDefinitionDraft,
        expected: Option<u64>,
    ) -> Result<Defined, Error> {
        let permission = self.authorize(Action::DefineBackendService, &super::path(id)).await?;
        let old = self.documents().find::<BackendService>(id).await?;
        let definition = self.definition(&old.value, stage, draft).await?;
        let (access, channel) = (definition.target.access(), definition.target.channel());
        let service = with(&old.value, definition);
        let change = Change::new()
            .replace(&old, expected, &service)
            .given("access", "/target/to/access", &access.map(|id| id.to_string()).unwrap_or_default())
            .given("channel", "/target/to/channel", &channel.map(|id| id.to_string()).unwrap_or_default())
            .detail(changed(&old.value, &service));
        let service = permission.commit(&self.control, change).await?.changed(old.created_at, service);
        // Listed once the definition stands: whatever is published from here on has it.
        let task = self.let_users_follow(&service.value, stage).await?;
        Ok(Defined { service, task })
    }

    async fn definition(
        &self,
        service: &BackendService,
        stage: StageId,
        draft: ServiceDefinitionDraft,
    ) -> Result<ServiceDefinition, Error> {
        let now = self.control.now();
        let made_at = service.definition(stage).map_or(now, |before| before.made_at);
        let ServiceDefinitionDraft { target, description } = draft;
        let definition = ServiceDefinition { stage, target, description, made_at, changed_at: now };
        let mut violations = definition.check(service.kind);
        let stage = self.documents().find::<Stage>(stage).await?.value;
        if !stage.dialect.rules().backend_services {
            let message =
                format!("the stage `{}` is for groups of {}: they have none", stage.name, stage.dialect);
            violations.add("", Rule::Conflict, message);
        }
        Ok(violations.or(definition)?)
    }
}

/// The service with this definition for its stage, in the place of the one before or at the end.
fn with(service: &BackendService, definition: ServiceDefinition) -> BackendService {
    let mut service = service.clone();
    match service.definitions.iter_mut().find(|before| before.stage == definition.stage) {
        Some(before) => *before = definition,
        None => service.definitions.push(definition),
    }
    service
}
