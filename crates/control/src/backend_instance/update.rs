//! Replaces a backend instance.

use paifang_model::BackendInstance;
use paifang_model::id::BackendInstanceId;
use paifang_store::Stored;

use super::BackendInstanceDraft;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;

impl Context {
    /// Replaces a backend instance; with `expected`, only as it was at that revision. Accesses and members of channels that
    /// mean it follow its address at once.
    ///
    /// # Errors
    /// When the caller may not, there is no such backend instance, rules are broken, its network has an instance of this id,
    /// it gets another id or network while others mean it ([`Error::InUse`]), or someone else changed it.
    pub async fn update_backend_instance(
        &self,
        id: BackendInstanceId,
        draft: BackendInstanceDraft,
        expected: Option<u64>,
    ) -> Result<Stored<BackendInstance>, Error> {
        let permission = self.authorize(Action::UpdateBackendInstance, &super::path(id)).await?;
        let old = self.documents().find::<BackendInstance>(id).await?;
        let instance = draft.build(id);
        instance.check()?;
        if instance.place() != old.value.place() {
            self.control.check_unused(&old.value).await?;
        }
        let change = Change::new().replace(&old, expected, &instance).detail(changed(&old.value, &instance));
        let done = permission.commit(&self.control, super::placed(change, &instance)).await?;
        Ok(done.changed(old.created_at, instance))
    }
}
