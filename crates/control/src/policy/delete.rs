//! Deletes a policy.

use paifang_model::id::PolicyId;
use paifang_model::{Key, Policy};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a policy that is bound to nothing; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such policy, it is bound, or someone else changed it.
    pub async fn delete_policy(&self, id: PolicyId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeletePolicy, &super::path(id)).await?;
        let policy = self.documents().find::<Policy>(id).await?.value;
        let key = Key::of::<Policy>(id);
        let change = Change::new().delete(key, expected).detail(json!({ "name": policy.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
