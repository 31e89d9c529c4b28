//! Deletes a stage.

use paifang_model::id::StageId;
use paifang_model::{Key, Stage};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a stage, with what sleeps in it and the grants for it.
    ///
    /// # Errors
    /// When the caller may not, there is no such stage, it exists from the start, an API is online in it, a domain is
    /// fixed to it, or someone else changed it.
    pub async fn delete_stage(&self, id: StageId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteStage, &super::path(id)).await?;
        let stage = self.documents().find::<Stage>(id).await?.value;
        super::refuse_built_in(&stage)?;
        let change =
            Change::new().delete(Key::of::<Stage>(id), expected).detail(json!({ "name": stage.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
