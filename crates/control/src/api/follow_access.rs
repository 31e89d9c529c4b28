//! Notes that what serves an API in a stage goes through its backend access as that is by now.

use paifang_model::id::{ApiId, BackendAccessId, StageId};
use paifang_model::{Api, Deployment};
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::{Error, Refusal};

impl Context {
    /// Looks whether an API is online in a stage and goes through a backend access, through any of its own without one,
    /// and notes it in the audit trail. Calls follow an access with its change; nothing else is left to be done.
    ///
    /// # Errors
    /// When the caller may not, there is no such API, it is not online there, or does not go through the access.
    pub async fn follow_backend_access(
        &self,
        id: ApiId,
        stage: StageId,
        through: Option<BackendAccessId>,
    ) -> Result<Stored<Deployment>, Error> {
        let api = self.documents().find::<Api>(id).await?.value;
        let permission = self.authorize(Action::FollowBackendAccess, &super::path_of(&api)).await?;
        let found = self.documents().look::<Deployment>(Deployment::id_of(id, stage)).await?;
        let serving = found.filter(|found| found.value.online).ok_or(Refusal::NotOnline)?;
        if !serving.value.accesses().any(|access| through.is_none_or(|through| through == access)) {
            return Err(Refusal::UsesNoAccess.into());
        }
        let detail = json!({ "stage": stage, "access": through });
        permission.commit(&self.control, Change::new().detail(detail)).await?;
        Ok(serving)
    }
}
