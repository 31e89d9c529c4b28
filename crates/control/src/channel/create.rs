//! Makes a channel.

use paifang_model::channel::Balance;
use paifang_model::id::{ChannelId, Id};
use paifang_model::{Channel, Kind, Member};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a new channel is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChannelDraft {
    /// Its name, unique.
    pub name: String,
    /// The port of members that name none: 1 to 65,535.
    pub port: u16,
    /// How a member is picked.
    #[serde(default)]
    pub balance: Balance,
    /// The members.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The host that members are told; absent: the caller's.
    #[serde(default)]
    pub host: Option<String>,
}

impl Context {
    /// Makes a channel.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, the name is taken, or the quota is used up.
    pub async fn create_channel(&self, draft: ChannelDraft) -> Result<Stored<Channel>, Error> {
        let ChannelDraft { name, port, balance, members, host } = draft;
        let channel = Channel { id: ChannelId::random(), name, port, balance, members, host };
        let permission = self.authorize(Action::CreateChannel, &super::path(channel.id)).await?;
        super::members::check(&channel)?;
        self.control.check_member_count(&channel, 0).await?;
        let change = Change::new()
            .create(&channel)
            .cap(self.control.quota(Kind::Channel, None, Id::ROOT).await?)
            .given("name", "/name", &channel.name)
            .detail(json!({ "name": channel.name, "members": channel.members.len() }));
        Ok(permission.commit(&self.control, change).await?.made(channel))
    }
}
