//! Replaces a backend access.

use paifang_model::BackendAccess;
use paifang_model::id::BackendAccessId;
use paifang_store::Stored;

use super::BackendAccessDraft;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;

impl Context {
    /// Replaces a backend access; with `expected`, only as it was at that revision. APIs that use it follow at once.
    ///
    /// # Errors
    /// When the caller may not, there is no such backend access, rules are broken, the name or the instance and port
    /// are taken, or someone else changed it.
    pub async fn update_backend_access(
        &self,
        id: BackendAccessId,
        draft: BackendAccessDraft,
        expected: Option<u64>,
    ) -> Result<Stored<BackendAccess>, Error> {
        let permission = self.authorize(Action::UpdateBackendAccess, &super::path(id)).await?;
        let old = self.documents().find::<BackendAccess>(id).await?;
        let access = draft.build(id);
        self.control.check_access(&access).await?;
        let change = Change::new().replace(&old, expected, &access).detail(changed(&old.value, &access));
        let done = permission.commit(&self.control, super::placed(change, &access)).await?;
        Ok(done.changed(old.created_at, access))
    }
}
