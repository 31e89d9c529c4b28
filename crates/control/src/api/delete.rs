//! Deletes an API.

use paifang_model::id::ApiId;
use paifang_model::{Api, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes an API, with its versions and grants.
    ///
    /// # Errors
    /// When the caller may not, there is no such API, it is online in a stage, or someone else changed its draft.
    pub async fn delete_api(&self, id: ApiId, expected: Option<u64>) -> Result<(), Error> {
        let api = self.documents().find::<Api>(id).await?.value;
        let permission = self.authorize(Action::DeleteApi, &super::path_of(&api)).await?;
        let name = &api.definition.name;
        let change = Change::new().delete(Key::of::<Api>(id), expected).detail(json!({ "name": name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
