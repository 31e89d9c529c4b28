//! Backend accesses: a named way to an instance in a private network.

use serde::{Deserialize, Serialize};

use crate::address::{check_authority, check_host};
use crate::backend_instance::INSTANCE_ID;
use crate::definition::Scheme;
use crate::id::{BackendAccessId, Id};
use crate::kind::Kind;
use crate::name::{Characters, NameRule, check_length};
use crate::record::{Fields, Record};
use crate::violation::{Complaint, Violations};

/// What a backend access may be called.
pub const ACCESS_NAME: NameRule = NameRule {
    min: 4,
    max: 50,
    first: Characters::LETTERS.or_chinese(),
    rest: Characters::ALPHANUMERIC.or_chinese().or("_-"),
};

/// A named way to an instance in a private network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BackendAccess {
    /// Its id.
    pub id: BackendAccessId,
    /// Its name, unique.
    pub name: String,
    /// The private network's id.
    pub network: String,
    /// The instance: an id, or its IPv4 or IPv6 address.
    pub instance: String,
    /// The port: 1 to 65,535.
    pub port: u16,
    /// Where the instance is, as a host name or an address; absent: where the inventory of backend instances has it, or
    /// `instance` is an address. One that says the same as `instance` holds only while the inventory has no such instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether TLS is spoken where whoever goes through it does not say so.
    #[serde(default)]
    pub scheme: Scheme,
    /// The host that the instance is told, as `host[:port]`; absent: its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

impl BackendAccess {
    /// The cloud's id of an instance, where it is for the inventory to say where that is.
    #[must_use]
    pub fn named_instance(&self) -> Option<&str> {
        let is_free = self.address.as_ref().is_none_or(|address| *address == self.instance);
        let is_id = self.instance.parse::<std::net::IpAddr>().is_err();
        (is_free && is_id).then_some(self.instance.as_str())
    }

    /// The host name or address to connect to, unless the inventory says another.
    #[must_use]
    pub fn target(&self) -> &str {
        self.address.as_deref().unwrap_or(&self.instance)
    }

    /// Its network, instance and port in one text, as no other has it.
    #[must_use]
    pub fn place(&self) -> String {
        Self::place_of(&self.network, &self.instance, self.port)
    }

    /// The same of an access that is looked for.
    #[must_use]
    pub fn place_of(network: &str, instance: &str, port: u16) -> String {
        format!("{network}/{instance}/{port}")
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/name", ACCESS_NAME.check(&self.name));
        violations.at("/network", INSTANCE_ID.check(&self.network));
        violations.at("/instance", check_instance(&self.instance));
        violations.at("/description", check_length(&self.description, 0, 255));
        if self.port == 0 {
            violations.at::<()>("/port", Err(Complaint::range("0 is not a port: 1 to 65535 are allowed")));
        }
        if let Some(address) = &self.address {
            violations.at("/address", check_host(address));
        }
        if let Some(host) = &self.host {
            violations.at("/host", check_authority(host));
        }
        violations.or(())
    }
}

fn check_instance(instance: &str) -> Result<(), Complaint> {
    if instance.parse::<std::net::IpAddr>().is_ok() {
        return Ok(());
    }
    INSTANCE_ID.check(instance)
}

impl Record for BackendAccess {
    const KIND: Kind = Kind::BackendAccess;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name).unique("triple", self.place());
    }
}
