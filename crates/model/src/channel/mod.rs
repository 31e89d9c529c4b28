//! Channels: a set of members to balance over.

mod balance;
mod codes;
mod group;
mod health;
mod member;
mod shares;

pub use balance::Balance;
pub use codes::StatusCodes;
pub use group::{GROUP_WEIGHT_AT_MOST, GROUPS_AT_MOST, MemberGroup};
pub use health::{HealthCheck, ProbeMethod, ProbeProtocol};
pub use member::{Member, WEIGHT_AT_MOST};
pub use shares::common_divisor;

use serde::{Deserialize, Serialize};

use crate::address::check_authority;
use crate::id::{ChannelId, Id};
use crate::kind::Kind;
use crate::name::{Characters, NameRule};
use crate::record::{Fields, Record};
use crate::violation::{Complaint, Rule, Violations};

/// What a channel may be called.
pub const CHANNEL_NAME: NameRule =
    NameRule { min: 3, max: 64, first: Characters::LETTERS, rest: Characters::ALPHANUMERIC.or("_.-") };

/// The most members of a channel.
pub const MEMBERS_AT_MOST: usize = 200;

/// A set of members to balance over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
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
    /// The host that members are told, as `host[:port]`; absent: the caller's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Groups that members may be of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<MemberGroup>,
    /// What its members are; never changed.
    #[serde(default, skip_serializing_if = "ChannelKind::is_servers")]
    pub kind: ChannelKind,
    /// How members are asked whether they are well; absent: they are not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<HealthCheck>,
}

/// What a channel's members are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Servers, any number of them.
    #[default]
    Servers,
    /// One load balancer. It has one channel, whose member is not changed.
    LoadBalancer,
}

impl ChannelKind {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
    const fn is_servers(&self) -> bool {
        matches!(self, Self::Servers)
    }
}

impl Channel {
    /// One of servers, without members, that picks in turn.
    #[must_use]
    pub fn named(name: impl Into<String>, port: u16) -> Self {
        Self {
            id: ChannelId::random(),
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

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/name", CHANNEL_NAME.check(&self.name));
        if self.port == 0 {
            violations.at::<()>("/port", Err(Complaint::range("0 is not a port: 1 to 65535 are allowed")));
        }
        if self.members.len() > MEMBERS_AT_MOST {
            let message =
                format!("{} members are too many: {MEMBERS_AT_MOST} are allowed", self.members.len());
            violations.at::<()>("/members", Err(Complaint::range(message)));
        }
        if self.kind == ChannelKind::LoadBalancer && self.members.len() != 1 {
            let message = format!("a load balancer's channel has one member, not {}", self.members.len());
            violations.add("/members", Rule::Conflict, message);
        }
        if let Some(host) = &self.host {
            violations.at("/host", check_authority(host));
        }
        for (index, member) in self.members.iter().enumerate() {
            violations.nest(&format!("/members/{index}"), member.check(&self.groups));
        }
        violations.nest("/groups", group::check_all(&self.groups));
        if let Some(health) = &self.health {
            violations.nest("/health", health.check());
        }
        violations.or(())
    }

    /// The port that a member takes calls at.
    #[must_use]
    pub fn port_of(&self, member: &Member) -> u16 {
        if member.port == 0 { self.port } else { member.port }
    }
}

impl Record for Channel {
    const KIND: Kind = Kind::Channel;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name);
        if let (ChannelKind::LoadBalancer, [balancer]) = (self.kind, self.members.as_slice()) {
            fields.unique("load_balancer", format!("{}:{}", balancer.place(), self.port_of(balancer)));
        }
    }
}
