//! Takes an API offline in a stage. Its grants there sleep until it is published again.

use paifang_model::id::{ApiId, BackendServiceId, StageId};
use paifang_model::{Api, Deployment};
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::{Error, Refusal};

impl Context {
    /// Takes an API offline in a stage.
    ///
    /// # Errors
    /// When the caller may not, there is no such API, it is not online there, or someone else published it meanwhile.
    pub async fn take_api_offline(&self, id: ApiId, stage: StageId) -> Result<Stored<Deployment>, Error> {
        self.take_offline(id, stage, None).await
    }

    /// The same; with a backend service, only while it is what serves there that uses it.
    pub(crate) async fn take_offline(
        &self,
        id: ApiId,
        stage: StageId,
        using: Option<BackendServiceId>,
    ) -> Result<Stored<Deployment>, Error> {
        let api = self.documents().find::<Api>(id).await?.value;
        let permission = self.authorize(Action::TakeApiOffline, &super::path_of(&api)).await?;
        let found = self.documents().look::<Deployment>(Deployment::id_of(id, stage)).await?;
        let old = found.filter(|old| old.value.online).ok_or(Refusal::NotOnline)?;
        let used = old.value.service.as_ref().map(|followed| followed.service);
        if using.is_some() && using != used {
            return Err(Refusal::UsesNoService.into());
        }
        let deployment = Deployment { online: false, since: self.control.now(), ..old.value.clone() };
        let change = Change::new()
            .replace(&old, None, &deployment)
            .detail(json!({ "stage": stage, "version": deployment.version }));
        let done = permission.commit(&self.control, change).await?;
        Ok(done.changed(old.created_at, deployment))
    }
}
