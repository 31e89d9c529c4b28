//! Deletes objects; takes deployments offline.

use anyhow::Result;
use http::Method;
use paifang_model::Kind;

use super::Work;
use crate::apply::object::Identity;

impl Work<'_> {
    /// Deletes an object as it was read.
    pub(super) async fn delete(&self, identity: &Identity) -> Result<()> {
        let at = match identity.kind {
            // These have no revision of their own, or none that matters.
            Kind::Deployment
            | Kind::AppKey
            | Kind::AppCode
            | Kind::Grant
            | Kind::Binding
            | Kind::GroupBinding => None,
            _ => self.revision(identity),
        };
        self.rest.change(Method::DELETE, &self.path(identity)?, None, at).await?;
        Ok(())
    }
}
