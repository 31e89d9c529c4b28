//! Shows a policy.

use paifang_model::Policy;
use paifang_model::id::PolicyId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One policy, without its secret.
    ///
    /// # Errors
    /// When the caller may not, or there is no such policy.
    pub async fn read_policy(&self, id: PolicyId) -> Result<Stored<Policy>, Error> {
        self.may(Action::ReadPolicy, &super::path(id)).await?;
        self.documents().find(id).await.map(super::without_secret)
    }
}
