//! Replaces a backend access, and notes for each API that it went along.

use paifang_model::BackendAccess;
use paifang_model::id::BackendAccessId;
use paifang_store::{Stored, Task};

use super::BackendAccessDraft;
use crate::control::Context;
use crate::error::Error;
use crate::task::{Errand, TaskKind};

/// A backend access that was replaced.
#[derive(Debug, Clone)]
pub struct Relocated {
    /// The access as it is now.
    pub access: Stored<BackendAccess>,
    /// What notes for each published API that it follows; none when there are none.
    pub task: Option<Task>,
}

impl Context {
    /// Replaces a backend access as [`Context::update_backend_access`] does, with a result for each API that is served
    /// through it. Calls follow at once; the task tells which APIs did.
    ///
    /// # Errors
    /// As of [`Context::update_backend_access`].
    pub async fn relocate_backend_access(
        &self,
        id: BackendAccessId,
        draft: BackendAccessDraft,
        expected: Option<u64>,
    ) -> Result<Relocated, Error> {
        let access = self.update_backend_access(id, draft, expected).await?;
        let users = self.users_of_access(id).await?.into_iter().map(|user| user.value);
        let errand = |api, stage| Errand::FollowAccess { api, stage, access: Some(id) };
        let errands = users.map(|user| errand(user.api, user.stage)).collect();
        let task = self.start_task(TaskKind::FollowBackendAccesses, errands).await?;
        Ok(Relocated { access, task })
    }
}
