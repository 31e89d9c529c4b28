//! Deletes an app key, but not the last one.

use paifang_model::id::{AppId, AppKeyId};
use paifang_model::{AppKey, Key};
use paifang_store::{Expectation, Query};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::{Error, Refusal};

impl Context {
    /// Deletes a key of an app.
    ///
    /// # Errors
    /// When the caller may not, there is no such key of the app, or it is the last one.
    pub async fn delete_app_key(&self, app: AppId, id: AppKeyId) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteAppKey, &super::path(app, id)).await?;
        let key = self.documents().find_in::<AppKey>(app, id).await?.value;
        let keys = self.documents().all::<AppKey>(Query::of::<AppKey>().within(app)).await?;
        let other = keys.iter().find(|other| other.value.id != id).ok_or(Refusal::LastAppKey)?;
        // Of two keys that are deleted at the same moment, the second finds the other one missing.
        let stays = Expectation::Present(Key::of::<AppKey>(other.value.id));
        let change =
            Change::new().delete(Key::of::<AppKey>(id), None).expect(stays).detail(json!({ "key": key.key }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
