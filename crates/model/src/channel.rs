//! Channels: a set of members to balance over.

use serde::{Deserialize, Serialize};

use crate::address::{check_authority, check_host};
use crate::id::{ChannelId, Id, MemberId};
use crate::kind::Kind;
use crate::name::{Characters, NameRule};
use crate::record::{Fields, Record};
use crate::violation::{Complaint, Violations};

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
}

/// How a member is picked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Balance {
    /// In turn, by weight.
    #[default]
    WeightedRoundRobin,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its id.
    #[serde(default = "MemberId::random")]
    pub id: MemberId,
    /// Its host name or address.
    pub host: String,
    /// Its port; 0: the channel's.
    #[serde(default)]
    pub port: u16,
    /// Its share: 0 (none) to 10,000.
    #[serde(default = "one")]
    pub weight: u16,
    /// Whether it takes calls.
    #[serde(default = "yes")]
    pub enabled: bool,
}

fn one() -> u16 {
    1
}

fn yes() -> bool {
    true
}

impl Channel {
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
        if let Some(host) = &self.host {
            violations.at("/host", check_authority(host));
        }
        for (index, member) in self.members.iter().enumerate() {
            violations.at(&format!("/members/{index}/host"), check_host(&member.host));
            if member.weight > 10_000 {
                let message = format!("{} is too heavy: 0 to 10000 are allowed", member.weight);
                violations.at::<()>(&format!("/members/{index}/weight"), Err(Complaint::range(message)));
            }
        }
        violations.or(())
    }
}

impl Record for Channel {
    const KIND: Kind = Kind::Channel;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name);
    }
}
