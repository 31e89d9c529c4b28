//! Backend instances: the inventory of what clouds know by an id, each with its address.
//!
//! A cloud looks a virtual machine's id up for itself; here whoever runs the gateway says where the machine is. Backend
//! accesses and members of channels name an instance by the id; which instance they mean is decided here alone.

use serde::{Deserialize, Serialize};

use crate::address::check_host;
use crate::id::{BackendInstanceId, Id};
use crate::kind::Kind;
use crate::name::{Characters, NameRule, check_length};
use crate::record::{Fields, Record};
use crate::violation::Violations;

/// What a cloud may call an instance, and a private network.
pub const INSTANCE_ID: NameRule =
    NameRule { min: 1, max: 64, first: Characters::ALPHANUMERIC, rest: Characters::ALPHANUMERIC.or("-_") };

/// An instance that a cloud knows by an id, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BackendInstance {
    /// Its id.
    pub id: BackendInstanceId,
    /// The private network's id; absent: it is meant in whichever network has no instance of the same id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// The cloud's id of it, unique in its network: 1 to 64 letters, digits, hyphens and underscores.
    pub instance: String,
    /// What the cloud calls it: 1 to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it is: a host name, or an IPv4 or IPv6 address.
    pub address: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

impl BackendInstance {
    /// Which of the instances with the same cloud's id is meant from a network: the one in it, or else the one that has no
    /// network. Whoever knows no network means the one without, or else that of the network that sorts first.
    pub fn meant<'i>(all: impl IntoIterator<Item = &'i Self>, network: Option<&str>) -> Option<&'i Self> {
        let reached = all
            .into_iter()
            .filter(|one| network.is_none() || one.network.is_none() || one.network.as_deref() == network);
        // None sorts before any name.
        match network {
            Some(_) => reached.max_by(|one, other| one.network.cmp(&other.network)),
            None => reached.min_by(|one, other| one.network.cmp(&other.network)),
        }
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        if let Some(network) = &self.network {
            violations.at("/network", INSTANCE_ID.check(network));
        }
        violations.at("/instance", INSTANCE_ID.check(&self.instance));
        if let Some(name) = &self.name {
            violations.at("/name", check_length(name, 1, 64));
        }
        violations.at("/address", check_host(&self.address));
        violations.at("/description", check_length(&self.description, 0, 255));
        violations.or(())
    }

    /// Its network and its id, as one text that no other instance has.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}/{}", self.network.as_deref().unwrap_or_default(), self.instance)
    }
}

impl Record for BackendInstance {
    const KIND: Kind = Kind::BackendInstance;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("place", self.place()).lookup("instance", &self.instance);
        if let Some(name) = &self.name {
            fields.lookup("name", name);
        }
    }
}
