//! Says whether a policy has a secret, without showing it.

use paifang_model::id::PolicyId;
use paifang_model::{Policy, Secret};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Whether this is the secret of a signature key, compared in constant time. Whoever may ask may also see it, so
    /// that it was asked is not remembered.
    ///
    /// # Errors
    /// When the caller may not, or there is no such policy.
    pub async fn check_policy_secret(&self, id: PolicyId, secret: &Secret) -> Result<bool, Error> {
        self.may(Action::CheckSignatureKey, &super::path(id)).await?;
        let policy = self.documents().find::<Policy>(id).await?.value;
        Ok(policy.secret.is_some_and(|own| own == *secret))
    }
}
