//! Access lists: addresses that the whole gateway lets in or keeps out, whatever is called (spec:
//! aliyun/management-actions.md, "Instances, regions, access control lists").

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::id::{AccessListId, Id};
use crate::kind::Kind;
use crate::name::{Characters, NameRule, check_length};
use crate::policy::{AddressRange, AddressSet, Effect};
use crate::record::{Fields, Record};
use crate::violation::{Complaint, Rule, Violations};

/// What an access list may be called.
pub const ACCESS_LIST_NAME: NameRule = NameRule {
    min: 2,
    max: 64,
    first: Characters::ALPHANUMERIC.or_chinese(),
    rest: Characters::ALPHANUMERIC.or_chinese().or("_-"),
};

/// The most entries of an access list.
pub const ACCESS_LIST_ENTRIES_AT_MOST: usize = 5_000;

/// A version of IP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IpVersion {
    /// IPv4.
    Ipv4,
    /// IPv6.
    Ipv6,
}

impl IpVersion {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
        }
    }

    /// That of an address; IPv4 inside of IPv6 is IPv4.
    #[must_use]
    pub const fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(_) => Self::Ipv4,
            IpAddr::V6(_) => Self::Ipv6,
        }
    }
}

/// Addresses of one version of IP, and what the whole gateway does with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccessList {
    /// Its id.
    pub id: AccessListId,
    /// Its name, unique.
    pub name: String,
    /// The version of its addresses. Clients that speak the other one are not its business.
    pub ip_version: IpVersion,
    /// Its entries: 5,000 at most. A list without any is not in force.
    #[serde(default)]
    pub entries: Vec<AccessListEntry>,
    /// What the gateway does with the addresses: lets them alone in, or keeps them out. Absent: nothing. One list of each
    /// version is in force at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enforced: Option<Effect>,
}

/// An entry of an access list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccessListEntry {
    /// An address, a network (`192.0.2.0/24`) or a range (`192.0.2.5-192.0.2.9`).
    pub address: String,
    /// What it is.
    #[serde(default)]
    pub comment: String,
}

impl AccessList {
    /// The addresses; entries that cannot be read are not among them.
    #[must_use]
    pub fn set(&self) -> AddressSet {
        self.entries.iter().filter_map(|entry| entry.address.parse::<AddressRange>().ok()).collect()
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/name", ACCESS_LIST_NAME.check(&self.name));
        let entries = self.entries.len();
        if entries > ACCESS_LIST_ENTRIES_AT_MOST {
            let message =
                format!("it has {entries} entries, but {ACCESS_LIST_ENTRIES_AT_MOST} at most are allowed");
            violations.add("/entries", Rule::Range, message);
        }
        for (index, entry) in self.entries.iter().take(ACCESS_LIST_ENTRIES_AT_MOST).enumerate() {
            let pointer = format!("/entries/{index}");
            violations.at(&format!("{pointer}/address"), self.check_address(&entry.address));
            violations.at(&format!("{pointer}/comment"), check_length(&entry.comment, 0, 256));
        }
        violations.or(())
    }

    fn check_address(&self, text: &str) -> Result<(), Complaint> {
        let version = match text.parse::<AddressRange>()? {
            AddressRange::V4(..) => IpVersion::Ipv4,
            AddressRange::V6(..) => IpVersion::Ipv6,
        };
        if version == self.ip_version {
            return Ok(());
        }
        let (is, list) = (version.name(), self.ip_version.name());
        Err(Complaint::format(format!("`{}` is of {is}, and the list of {list}", crate::name::shown(text))))
    }
}

impl Record for AccessList {
    const KIND: Kind = Kind::AccessList;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name);
        if self.enforced.is_some() {
            fields.unique("enforced", self.ip_version.name());
        }
    }
}
