//! Deletes an app.

use paifang_model::id::AppId;
use paifang_model::{App, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes an app, with its keys, codes and grants.
    ///
    /// # Errors
    /// When the caller may not, there is no such app, or someone else changed it.
    pub async fn delete_app(&self, id: AppId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteApp, &super::path(id)).await?;
        let app = self.documents().find::<App>(id).await?.value;
        let change = Change::new().delete(Key::of::<App>(id), expected).detail(json!({ "name": app.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
