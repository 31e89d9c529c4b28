//! Deletes objects; takes deployments offline.

use anyhow::Result;
use http::Method;
use paifang_model::Kind;
use serde_json::json;

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
            Kind::AccessList => self.take_out_of_force(identity).await?,
            _ => self.revision(identity),
        };
        self.rest.change(Method::DELETE, &self.path(identity)?, None, at).await?;
        Ok(())
    }

    /// An access list in force cannot be deleted. Gives the revision at which it is in force no more.
    async fn take_out_of_force(&self, list: &Identity) -> Result<Option<u64>> {
        let (path, at) = (self.path(list)?, self.revision(list));
        let changed = self.rest.change(Method::PATCH, &path, Some(&json!({ "enforced": null })), at).await?;
        Ok(changed["revision"].as_u64())
    }
}
