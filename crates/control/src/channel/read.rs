//! Shows a channel.

use paifang_model::Channel;
use paifang_model::id::ChannelId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One channel, with its members.
    ///
    /// # Errors
    /// When the caller may not, or there is no such channel.
    pub async fn read_channel(&self, id: ChannelId) -> Result<Stored<Channel>, Error> {
        self.may(Action::ReadChannel, &super::path(id)).await?;
        self.documents().find(id).await
    }
}
