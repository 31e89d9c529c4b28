//! Changes a part of a policy that several people may change at once.

use paifang_model::id::PolicyId;
use paifang_model::{Policy, Violations};
use paifang_store::Stored;

use super::PolicyPatch;
use crate::attempt::{TRIES, outdated, settled};
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Changes a policy as `edit` says of what it is now, which is shown to it without its secret. When somebody else
    /// changes it meanwhile, `edit` is asked anew.
    ///
    /// # Errors
    /// As [`Context::update_policy`]; and what `edit` complains of.
    pub async fn edit_policy(
        &self,
        id: PolicyId,
        edit: impl Fn(&Policy) -> Result<PolicyPatch, Violations> + Send + Sync,
    ) -> Result<Stored<Policy>, Error> {
        settled(TRIES, outdated, || self.try_to_edit(id, &edit)).await
    }

    async fn try_to_edit(
        &self,
        id: PolicyId,
        edit: &(impl Fn(&Policy) -> Result<PolicyPatch, Violations> + Send + Sync),
    ) -> Result<Stored<Policy>, Error> {
        let old = super::without_secret(self.documents().find::<Policy>(id).await?);
        let patch = edit(&old.value)?;
        self.update_policy(id, patch, Some(old.revision)).await
    }
}
