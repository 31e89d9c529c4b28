//! Puts an earlier version of an API back online in a stage.

use paifang_model::id::{ApiId, StageId, VersionId};
use paifang_model::{Api, Key, Version};
use paifang_store::Expectation;
use serde_json::json;

use super::publication::{Deployed, overtakes};
use crate::action::Action;
use crate::attempt::{TRIES, settled};
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Lets a version of an API serve in a stage, whichever stage it was made for. The draft stays as it is.
    ///
    /// # Errors
    /// When the caller may not, there is no such API, stage or version of this API, or the version would not run today:
    /// what it needs is gone, or a variable that it names has no value in the stage, say.
    pub async fn switch_api(&self, id: ApiId, stage: StageId, version: VersionId) -> Result<Deployed, Error> {
        settled(TRIES, overtakes, || self.try_to_switch(id, stage, version)).await
    }

    async fn try_to_switch(&self, id: ApiId, stage: StageId, version: VersionId) -> Result<Deployed, Error> {
        let api = self.documents().find::<Api>(id).await?;
        let permission = self.authorize(Action::SwitchApi, &super::path_of(&api.value)).await?;
        let version = self.documents().find_in::<Version>(id, version).await?.value;
        let place = self.place(api, stage, version.definition.service()).await?;
        self.control.check_frozen(&version.definition, &place).await?;
        let deployment = place.online(&version, self.control.now());
        let change = Change::new()
            .put(&deployment)
            .expect(Expectation::Present(Key::of::<Version>(version.id)))
            .expect(place.service_as_seen())
            .detail(json!({ "stage": stage, "version": version.id, "number": version.number }));
        let revision = permission.commit(&self.control, change).await?.revision;
        Ok(Deployed { deployment, version, revision })
    }
}
