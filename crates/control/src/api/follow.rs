//! Lets what serves an API in a stage follow its backend service, whose definition there changed.

use paifang_model::id::{ApiId, StageId};
use paifang_model::{Api, Deployment, Version};
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::{Error, Refusal};

impl Context {
    /// Lets an API that is online in a stage follow the definition that its backend service has there by now. The same
    /// version goes on serving. One that would not run with the definition stays as it is.
    ///
    /// # Errors
    /// When the caller may not, there is no such API, it is not online there or uses no backend service, it follows
    /// already, the service has no definition there, the version would not run with it, or someone else published the
    /// API or changed the service meanwhile.
    pub async fn follow_backend_service(
        &self,
        id: ApiId,
        stage: StageId,
    ) -> Result<Stored<Deployment>, Error> {
        let api = self.documents().find::<Api>(id).await?;
        let permission = self.authorize(Action::FollowBackendService, &super::path_of(&api.value)).await?;
        let found = self.documents().look::<Deployment>(Deployment::id_of(id, stage)).await?;
        let old = found.filter(|old| old.value.online).ok_or(Refusal::NotOnline)?;
        let service = old.value.service.as_ref().ok_or(Refusal::UsesNoService)?.service;
        let version = self.documents().find_in::<Version>(id, old.value.version).await?.value;
        let place = self.place(api, stage, Some(service)).await?;
        self.control.check_frozen(&version.definition, &place).await?;
        let deployment = place.online(&version, old.value.since);
        if deployment == old.value {
            return Err(Refusal::FollowsAlready.into());
        }
        let change = Change::new()
            .replace(&old, None, &deployment)
            .expect(place.service_as_seen())
            .detail(json!({ "stage": stage, "service": service, "version": version.id }));
        let done = permission.commit(&self.control, change).await?;
        Ok(done.changed(old.created_at, deployment))
    }
}
