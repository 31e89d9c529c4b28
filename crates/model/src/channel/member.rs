//! Members of channels.

use serde::{Deserialize, Serialize};

use super::MemberGroup;
use crate::address::check_host;
use crate::backend_instance::INSTANCE_ID;
use crate::id::MemberId;
use crate::name::shown;
use crate::violation::{Complaint, Rule, Violations};

/// The largest share of a member.
pub const WEIGHT_AT_MOST: u16 = 10_000;

/// One member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its id.
    #[serde(default = "MemberId::random")]
    pub id: MemberId,
    /// Its host name or address; empty: where the inventory of backend instances has `instance`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub host: String,
    /// The cloud's id of the instance that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Its port; 0: the channel's.
    #[serde(default)]
    pub port: u16,
    /// Its share: 0 (none) to 10,000.
    #[serde(default = "one")]
    pub weight: u16,
    /// Whether it takes calls.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whether it takes calls only while no other member can.
    #[serde(default, skip_serializing_if = "is_no")]
    pub backup: bool,
    /// The group of the channel that it is of, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

fn one() -> u16 {
    1
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
fn is_no(value: &bool) -> bool {
    !value
}

impl Member {
    /// One at a host, with the channel's port and a share of 1.
    #[must_use]
    pub fn at(host: impl Into<String>) -> Self {
        let (id, host) = (MemberId::random(), host.into());
        Self { id, host, instance: None, port: 0, weight: 1, enabled: true, backup: false, group: None }
    }

    /// The cloud's id of an instance, where it is for the inventory to say where that is.
    #[must_use]
    pub fn named_instance(&self) -> Option<&str> {
        self.instance.as_deref().filter(|_| self.host.is_empty())
    }

    /// Its host, or the instance in place of it: what it is told apart from others by.
    #[must_use]
    pub fn place(&self) -> &str {
        self.named_instance().unwrap_or(&self.host)
    }

    pub(super) fn check(&self, groups: &[MemberGroup]) -> Violations {
        let mut violations = Violations::new();
        if self.named_instance().is_none() {
            violations.at("/host", check_host(&self.host));
        }
        if let Some(instance) = &self.instance {
            violations.at("/instance", INSTANCE_ID.check(instance));
        }
        if self.weight > WEIGHT_AT_MOST {
            let message = format!("{} is too heavy: 0 to {WEIGHT_AT_MOST} are allowed", self.weight);
            violations.at::<()>("/weight", Err(Complaint::range(message)));
        }
        if let Some(name) =
            self.group.as_deref().filter(|name| !groups.iter().any(|group| group.name == *name))
        {
            violations.add("/group", Rule::Unknown, format!("the channel has no group `{}`", shown(name)));
        }
        violations
    }
}
