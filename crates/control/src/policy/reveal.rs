//! Shows the secret of a policy, and remembers that it did.

use paifang_model::id::PolicyId;
use paifang_model::{Kind, Policy, Secret};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// The secret of a signature key.
    ///
    /// # Errors
    /// When the caller may not, there is no such policy, it has no secret, or that it was shown cannot be remembered.
    pub async fn reveal_policy(&self, id: PolicyId) -> Result<Secret, Error> {
        let permission = self.authorize(Action::RevealSignatureKey, &super::path(id)).await?;
        let policy = self.documents().find::<Policy>(id).await?.value;
        let none = || Error::NotFound { kind: Kind::Policy, id: format!("{id}/secret") };
        let secret = policy.secret.ok_or_else(none)?;
        permission.note(&self.control).await?;
        Ok(secret)
    }
}
