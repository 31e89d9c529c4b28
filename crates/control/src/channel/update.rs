//! Changes a channel. Its members have operations of their own, and may be replaced together with the rest: what hangs
//! together, as groups and who is of them, changes in one step.

use paifang_model::channel::{Balance, HealthCheck, MemberGroup};
use paifang_model::id::ChannelId;
use paifang_model::{Channel, Member};
use paifang_store::Stored;
use serde::Deserialize;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;
use crate::patch::{nullable, set};

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ChannelPatch {
    /// Its name.
    pub name: Option<String>,
    /// The port of members that name none.
    pub port: Option<u16>,
    /// How a member is picked.
    pub balance: Option<Balance>,
    /// The host that members are told; `null`: the caller's.
    #[serde(deserialize_with = "nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub host: Option<Option<String>>,
    /// How members are asked whether they are well; `null`: they are not asked.
    #[serde(deserialize_with = "nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<HealthCheck>))]
    pub health: Option<Option<HealthCheck>>,
    /// The groups that members may be of; one that members are of cannot be left out.
    pub groups: Option<Vec<MemberGroup>>,
    /// All members, in place of those that are there.
    pub members: Option<Vec<Member>>,
}

impl Context {
    /// Changes a channel; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such channel, rules are broken, the name is taken, or someone else
    /// changed it.
    pub async fn update_channel(
        &self,
        id: ChannelId,
        patch: ChannelPatch,
        expected: Option<u64>,
    ) -> Result<Stored<Channel>, Error> {
        let permission = self.authorize(Action::UpdateChannel, &super::path(id)).await?;
        let old = self.documents().find::<Channel>(id).await?;
        let mut channel = old.value.clone();
        set(&mut channel.name, patch.name);
        set(&mut channel.port, patch.port);
        set(&mut channel.balance, patch.balance);
        set(&mut channel.host, patch.host);
        set(&mut channel.health, patch.health);
        set(&mut channel.groups, patch.groups);
        if let Some(members) = patch.members {
            self.may(Action::SetMembers, &super::path(id)).await?;
            super::members::check_replaceable(&old.value)?;
            channel.members = members;
            self.control.check_member_count(&channel, old.value.members.len()).await?;
        }
        super::members::check(&channel)?;
        super::members::check_stays(&old.value, &channel)?;
        self.control.check_member_instances(Some(&old.value), &channel).await?;
        let change = Change::new()
            .replace(&old, expected, &channel)
            .given("name", "/name", &channel.name)
            .detail(changed(&old.value, &channel));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, channel))
    }
}
