//! Makes a backend service. It has no definition yet, so that nothing that uses it can be published.

use paifang_model::BackendService;
use paifang_model::backend_service::ServiceKind;
use paifang_model::id::BackendServiceId;
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a new backend service is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BackendServiceDraft {
    /// Its name, unique.
    pub name: String,
    /// What all its definitions are; never changed.
    pub kind: ServiceKind,
    /// What it is for: at most 180 characters.
    #[serde(default)]
    pub description: String,
}

impl Context {
    /// Makes a backend service without definitions.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, or the name is taken.
    pub async fn create_backend_service(
        &self,
        draft: BackendServiceDraft,
    ) -> Result<Stored<BackendService>, Error> {
        let BackendServiceDraft { name, kind, description } = draft;
        let id = BackendServiceId::random();
        let permission = self.authorize(Action::CreateBackendService, &super::path(id)).await?;
        let service = BackendService { id, name, kind, description, definitions: Vec::new() };
        service.check()?;
        let change = Change::new()
            .create(&service)
            .given("name", "/name", &service.name)
            .detail(json!({ "name": service.name, "kind": kind }));
        Ok(permission.commit(&self.control, change).await?.made(service))
    }
}
