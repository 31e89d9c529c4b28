//! Puts a backend instance into the inventory.

use paifang_model::id::{BackendInstanceId, Id};
use paifang_model::{BackendInstance, Kind};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a backend instance is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BackendInstanceDraft {
    /// The private network's id; absent: it is meant in whichever network has no instance of the same id.
    #[serde(default)]
    pub network: Option<String>,
    /// The cloud's id of it, unique in its network.
    pub instance: String,
    /// What the cloud calls it.
    #[serde(default)]
    pub name: Option<String>,
    /// Where it is: a host name or an address.
    pub address: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

impl BackendInstanceDraft {
    pub(super) fn build(self, id: BackendInstanceId) -> BackendInstance {
        let Self { network, instance, name, address, description } = self;
        BackendInstance { id, network, instance, name, address, description }
    }
}

impl Context {
    /// Puts a backend instance into the inventory.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, the network has an instance of this id, or the quota is used up.
    pub async fn create_backend_instance(
        &self,
        draft: BackendInstanceDraft,
    ) -> Result<Stored<BackendInstance>, Error> {
        let instance = draft.build(BackendInstanceId::random());
        let permission = self.authorize(Action::CreateBackendInstance, &super::path(instance.id)).await?;
        instance.check()?;
        let change = Change::new()
            .create(&instance)
            .cap(self.control.quota(Kind::BackendInstance, None, Id::ROOT).await?)
            .detail(json!({ "network": instance.network, "instance": instance.instance }));
        let done = permission.commit(&self.control, super::placed(change, &instance)).await?;
        Ok(done.made(instance))
    }
}
