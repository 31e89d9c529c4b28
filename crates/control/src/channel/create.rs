//! Makes a channel.

use paifang_model::channel::{Balance, ChannelKind, HealthCheck, MemberGroup};
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
    /// Groups that members may be of.
    #[serde(default)]
    pub groups: Vec<MemberGroup>,
    /// What its members are.
    #[serde(default)]
    pub kind: ChannelKind,
    /// How members are asked whether they are well; absent: they are not asked.
    #[serde(default)]
    pub health: Option<HealthCheck>,
}

impl ChannelDraft {
    /// A channel of servers without members.
    #[must_use]
    pub fn named(name: impl Into<String>, port: u16) -> Self {
        Self {
            name: name.into(),
            port,
            balance: Balance::default(),
            members: Vec::new(),
            host: None,
            groups: Vec::new(),
            kind: ChannelKind::default(),
            health: None,
        }
    }
}

impl Context {
    /// Makes a channel.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, the name is taken, or the quota is used up.
    pub async fn create_channel(&self, draft: ChannelDraft) -> Result<Stored<Channel>, Error> {
        let ChannelDraft { name, port, balance, members, host, groups, kind, health } = draft;
        let id = ChannelId::random();
        let channel = Channel { id, name, port, balance, members, host, groups, kind, health };
        let permission = self.authorize(Action::CreateChannel, &super::path(channel.id)).await?;
        super::members::check(&channel)?;
        self.control.check_member_count(&channel, 0).await?;
        self.control.check_member_instances(None, &channel).await?;
        let change = Change::new()
            .create(&channel)
            .cap(self.control.quota(Kind::Channel, None, Id::ROOT).await?)
            .given("name", "/name", &channel.name)
            .given("load_balancer", "/members/0/host", channel.members.first().map_or("", |one| one.place()))
            .detail(json!({ "name": channel.name, "members": channel.members.len() }));
        Ok(permission.commit(&self.control, change).await?.made(channel))
    }
}
