//! Deletes a channel.

use paifang_model::id::ChannelId;
use paifang_model::{Channel, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a channel, with its members.
    ///
    /// # Errors
    /// When the caller may not, there is no such channel, APIs use it, or someone else changed it.
    pub async fn delete_channel(&self, id: ChannelId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteChannel, &super::path(id)).await?;
        let channel = self.documents().find::<Channel>(id).await?.value;
        let change =
            Change::new().delete(Key::of::<Channel>(id), expected).detail(json!({ "name": channel.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
