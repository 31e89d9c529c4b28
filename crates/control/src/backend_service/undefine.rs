//! Takes the definition of a backend service for a stage away; what is published there and uses it goes offline.

use paifang_model::id::{BackendServiceId, StageId};
use paifang_model::{BackendService, Kind};
use serde_json::json;

use super::Defined;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Takes the definition of a backend service for a stage away; with `expected`, only as the service was at that
    /// revision. APIs published there that use it go offline by the task; done again, those that are still online.
    ///
    /// # Errors
    /// When the caller may not, there is no such backend service, it has no definition for the stage and nothing
    /// published there uses it, or someone else changed it.
    pub async fn undefine_backend_service(
        &self,
        id: BackendServiceId,
        stage: StageId,
        expected: Option<u64>,
    ) -> Result<Defined, Error> {
        let permission = self.authorize(Action::UndefineBackendService, &super::path(id)).await?;
        let old = self.documents().find::<BackendService>(id).await?;
        let defined = old.value.definition(stage).is_some();
        let service = if defined {
            let service = without(&old.value, stage);
            let detail = json!({ "name": service.name, "stage": stage });
            let change = Change::new().replace(&old, expected, &service).detail(detail);
            permission.commit(&self.control, change).await?.changed(old.created_at, service)
        } else {
            old
        };
        // Listed once the definition is gone: nothing that uses it can be published there from here on.
        match self.take_users_offline(&service.value, stage).await? {
            None if !defined => Err(Error::not_found(Kind::BackendService, format!("{id} in {stage}"))),
            task => Ok(Defined { service, task }),
        }
    }
}

fn without(service: &BackendService, stage: StageId) -> BackendService {
    let mut service = service.clone();
    service.definitions.retain(|definition| definition.stage != stage);
    service
}
