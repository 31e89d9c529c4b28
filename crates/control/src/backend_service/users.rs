//! What is published and uses a backend service, and the tasks that bring it along.

use paifang_model::id::StageId;
use paifang_model::{BackendService, Deployment};
use paifang_store::{Query, Task};

use crate::control::Context;
use crate::error::Error;
use crate::task::{Errand, TaskKind};

impl Context {
    /// Lets what is published in a stage and uses a service follow its definition there, as far as it does not.
    pub(super) async fn let_users_follow(
        &self,
        service: &BackendService,
        stage: StageId,
    ) -> Result<Option<Task>, Error> {
        let Some(definition) = service.definition(stage) else { return Ok(None) };
        let users = self.users(service, stage).await?.into_iter();
        let behind = users
            .filter(|user| user.service.as_ref().is_none_or(|followed| followed.target != definition.target));
        let errands = behind.map(|user| Errand::Follow { api: user.api, stage }).collect();
        self.start_task(TaskKind::FollowBackendServices, errands).await
    }

    /// Takes what is published in a stage and uses a service offline.
    pub(super) async fn take_users_offline(
        &self,
        service: &BackendService,
        stage: StageId,
    ) -> Result<Option<Task>, Error> {
        let users = self.users(service, stage).await?.into_iter();
        let offline = |api| Errand::TakeOffline { api, stage, service: Some(service.id) };
        self.start_task(TaskKind::TakeApisOffline, users.map(|user| offline(user.api)).collect()).await
    }

    /// What serves in a stage and uses a service.
    async fn users(&self, service: &BackendService, stage: StageId) -> Result<Vec<Deployment>, Error> {
        let query =
            Query::of::<Deployment>().linked::<BackendService>("service", service.id).eq("stage", stage.0);
        let users = self.documents().all::<Deployment>(query).await?;
        Ok(users.into_iter().map(|user| user.value).collect())
    }
}
