//! Changes what a backend service is called; its definitions have operations of their own.

use paifang_model::BackendService;
use paifang_model::id::BackendServiceId;
use paifang_store::Stored;
use serde::Deserialize;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;
use crate::patch::set;

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct BackendServicePatch {
    /// Its name.
    pub name: Option<String>,
    /// What it is for: at most 180 characters.
    pub description: Option<String>,
}

impl Context {
    /// Changes a backend service; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such backend service, rules are broken, the name is taken, or someone else
    /// changed it.
    pub async fn update_backend_service(
        &self,
        id: BackendServiceId,
        patch: BackendServicePatch,
        expected: Option<u64>,
    ) -> Result<Stored<BackendService>, Error> {
        let permission = self.authorize(Action::UpdateBackendService, &super::path(id)).await?;
        let old = self.documents().find::<BackendService>(id).await?;
        let mut service = old.value.clone();
        set(&mut service.name, patch.name);
        set(&mut service.description, patch.description);
        service.check()?;
        let change = Change::new()
            .replace(&old, expected, &service)
            .given("name", "/name", &service.name)
            .detail(changed(&old.value, &service));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, service))
    }
}
