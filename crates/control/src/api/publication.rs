//! What deploying and switching have in common: an API, a stage of its group's dialect, and what serves there then.

use std::collections::BTreeSet;

use paifang_model::backend_service::{FollowedService, ServiceTarget};
use paifang_model::id::{ApiId, BackendServiceId, StageId, VariableId};
use paifang_model::{
    Api, BackendService, Deployment, Dialect, Group, Key, Kind, Rule, Stage, Variable, Version, Violations,
};
use paifang_store::{Expectation, Stored};
use serde::Serialize;

use crate::control::Context;
use crate::error::Error;

/// What serves an API in a stage from now on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deployed {
    /// The deployment.
    pub deployment: Deployment,
    /// The version that serves.
    pub version: Version,
    /// The revision of the change: whoever serves it, or a later one, serves this version.
    pub revision: u64,
}

/// Where an API is published.
pub(super) struct Place {
    pub(super) api: Stored<Api>,
    pub(super) dialect: Dialect,
    pub(super) stage: StageId,
    /// The backend service that is used there, if one is and it is there.
    pub(super) service: Option<Stored<BackendService>>,
}

impl Context {
    /// The API and the stage, when they go together, with the backend service that is used.
    pub(super) async fn place(
        &self,
        api: Stored<Api>,
        stage: StageId,
        service: Option<BackendServiceId>,
    ) -> Result<Place, Error> {
        let dialect = self.documents().find::<Group>(api.value.group).await?.value.dialect;
        let Some(stage) = self.documents().look::<Stage>(stage).await? else {
            let message = format!("there is no stage `{stage}`");
            return Err(Violations::one("/stage", Rule::Unknown, message).into());
        };
        if stage.value.dialect != dialect {
            let Stage { name, dialect: other, .. } = &stage.value;
            let message =
                format!("the stage `{name}` is for groups of {other}, and this one is of {dialect}");
            return Err(Violations::one("/stage", Rule::Conflict, message).into());
        }
        let service = match service {
            Some(service) => self.documents().look::<BackendService>(service).await?,
            None => None,
        };
        Ok(Place { api, dialect, stage: stage.value.id, service })
    }

    /// Every deployment of an API, sleeping ones too.
    pub(super) async fn deployments_of(&self, api: ApiId) -> Result<Vec<Stored<Deployment>>, Error> {
        let query = paifang_store::Query::of::<Deployment>().eq("api", api.0);
        self.documents().all(query).await
    }
}

impl Place {
    /// A version online here.
    pub(super) fn online(&self, version: &Version, since: i64) -> Deployment {
        let (api, group) = (self.api.value.id, self.api.value.group);
        let (definition, target) = (&version.definition, self.target());
        Deployment {
            id: Deployment::id_of(api, self.stage),
            api,
            group,
            stage: self.stage,
            version: version.id,
            since,
            online: true,
            route: definition.request.route(),
            access: target.map_or_else(|| definition.access(), ServiceTarget::access),
            channel: target.map_or_else(|| definition.channel(), ServiceTarget::channel),
            further_accesses: further(definition.accesses(), definition.access().as_ref()),
            further_channels: further(definition.channels(), definition.channel().as_ref()),
            service: self.followed(),
            variables: self.variables(version),
        }
    }

    /// Where the backend service is in the stage.
    pub(super) fn target(&self) -> Option<&ServiceTarget> {
        Some(&self.service.as_ref()?.value.definition(self.stage)?.target)
    }

    /// That the backend service is still what was looked at when the change is made.
    pub(super) fn service_as_seen(&self) -> Option<Expectation> {
        let service = self.service.as_ref()?;
        Some(Expectation::Revision(Key::of::<BackendService>(service.value.id), service.revision))
    }

    fn followed(&self) -> Option<FollowedService> {
        let (service, target) = (self.service.as_ref()?.value.id, self.target()?.clone());
        Some(FollowedService { service, target })
    }

    /// The variables that a version names, each once.
    fn variables(&self, version: &Version) -> Vec<VariableId> {
        let places = version.definition.variables();
        let id = |name| Variable::id_of(self.api.value.group, self.stage, name);
        let mut variables: Vec<VariableId> = places.iter().map(|place| id(place.name)).collect();
        variables.sort_unstable();
        variables.dedup();
        variables
    }
}

/// What a definition names beside what its default backend needs, each once.
fn further<T: Ord>(named: impl Iterator<Item = (String, T)>, first: Option<&T>) -> Vec<T> {
    let named: BTreeSet<T> = named.map(|(_, id)| id).filter(|id| Some(id) != first).collect();
    named.into_iter().collect()
}

/// Whether others published the same API, or changed its backend service, so that it is worth looking again.
pub(super) fn overtakes(error: &Error) -> bool {
    match error {
        Error::Raced(_) => true,
        Error::RevisionMismatch { key, .. } => key.kind == Kind::BackendService,
        _ => false,
    }
}
