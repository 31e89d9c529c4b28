//! Lists what serves where.

use paifang_model::id::{ApiId, BackendAccessId, BackendServiceId, DeploymentId, GroupId, StageId};
use paifang_model::{Api, BackendAccess, BackendService, Deployment};
use paifang_store::{Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;
use crate::resource::ResourcePath;

/// Which deployments are wanted; all that is set must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeploymentFilter {
    /// In this group.
    pub group: Option<GroupId>,
    /// Of this API.
    pub api: Option<ApiId>,
    /// In this stage.
    pub stage: Option<StageId>,
    /// Serving (true) or sleeping (false).
    pub online: Option<bool>,
    /// Serving with this backend service.
    pub service: Option<BackendServiceId>,
    /// Serving through this backend access, be it through a backend service.
    pub access: Option<BackendAccessId>,
}

impl Context {
    /// Deployments, by the time of their API's first one in the stage.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_deployments(
        &self,
        filter: DeploymentFilter,
        paging: &Paging,
    ) -> Result<Page<Stored<Deployment>>, Error> {
        self.may(Action::ListDeployments, &ResourcePath::all(Noun::Deployment)).await?;
        self.documents().list(&paging.apply(filter.query())).await
    }

    /// The deployment with this id.
    ///
    /// # Errors
    /// When the caller may not, or there is none.
    pub async fn deployment_by_id(&self, id: DeploymentId) -> Result<Stored<Deployment>, Error> {
        let deployment = self.documents().find::<Deployment>(id).await?;
        let Deployment { group, api, .. } = deployment.value;
        self.may(Action::ReadDeployment, &super::path(group, api).then(Noun::Deployment, id)).await?;
        Ok(deployment)
    }

    /// What serves an API in a stage, or served last.
    ///
    /// # Errors
    /// When the caller may not, or the API was never published there.
    pub async fn read_deployment(&self, api: ApiId, stage: StageId) -> Result<Stored<Deployment>, Error> {
        let api = self.documents().find::<Api>(api).await?.value;
        let id = Deployment::id_of(api.id, stage);
        self.may(Action::ReadDeployment, &super::path_of(&api).then(Noun::Deployment, id)).await?;
        self.documents().find(id).await
    }
}

impl DeploymentFilter {
    fn query(self) -> Query {
        let mut query = Query::of::<Deployment>();
        if let Some(group) = self.group {
            query = query.within(group);
        }
        if let Some(api) = self.api {
            query = query.eq("api", api.0);
        }
        if let Some(stage) = self.stage {
            query = query.eq("stage", stage.0);
        }
        if let Some(online) = self.online {
            query = query.eq("online", if online { "yes" } else { "no" });
        }
        if let Some(service) = self.service {
            query = query.linked::<BackendService>("service", service);
        }
        if let Some(access) = self.access {
            query = query.linked::<BackendAccess>("access", access);
        }
        query
    }
}
