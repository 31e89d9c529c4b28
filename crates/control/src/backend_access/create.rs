//! Makes a backend access.

use paifang_model::BackendAccess;
use paifang_model::definition::Scheme;
use paifang_model::id::BackendAccessId;
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a backend access is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BackendAccessDraft {
    /// Its name, unique.
    pub name: String,
    /// The private network's id.
    pub network: String,
    /// The instance: an id, or its address.
    pub instance: String,
    /// The port: 1 to 65,535.
    pub port: u16,
    /// Where the instance is; absent: where the inventory of backend instances has it, or `instance` is
    /// an address.
    #[serde(default)]
    pub address: Option<String>,
    /// Whether TLS is spoken where whoever goes through it does not say so.
    #[serde(default)]
    pub scheme: Scheme,
    /// The host that the instance is told; absent: its address.
    #[serde(default)]
    pub host: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

impl BackendAccessDraft {
    pub(super) fn build(self, id: BackendAccessId) -> BackendAccess {
        let Self { name, network, instance, port, address, scheme, host, description } = self;
        BackendAccess { id, name, network, instance, port, address, scheme, host, description }
    }
}

impl Context {
    /// Makes a backend access.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, or the name or the instance and port are taken.
    pub async fn create_backend_access(
        &self,
        draft: BackendAccessDraft,
    ) -> Result<Stored<BackendAccess>, Error> {
        let access = draft.build(BackendAccessId::random());
        let permission = self.authorize(Action::CreateBackendAccess, &super::path(access.id)).await?;
        self.control.check_access(&access).await?;
        let change = Change::new().create(&access).detail(json!({ "name": access.name }));
        let done = permission.commit(&self.control, super::placed(change, &access)).await?;
        Ok(done.made(access))
    }
}
