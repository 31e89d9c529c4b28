//! Limits, in two profiles: `own` for one's own machine, `cloud` with each cloud's numbers.

use serde::{Deserialize, Serialize};

use crate::dialect::Dialect;
use crate::quota::{Item, Quota};

/// Whose numbers apply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// Generous sizes, no quotas, no rates.
    #[default]
    Own,
    /// Each cloud's numbers, by the group's dialect.
    Cloud,
}

impl std::str::FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "own" => Ok(Self::Own),
            "cloud" => Ok(Self::Cloud),
            other => Err(format!("`{other}` is not a limits profile: `own` or `cloud`")),
        }
    }
}

/// What a call may cost. Sizes are in bytes; an absent rate or quota is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The largest request body.
    pub request_body: u64,
    /// The longest request target.
    pub target: usize,
    /// The largest single header, name and value.
    pub header: usize,
    /// The largest sum of all headers, names and values.
    pub headers: usize,
    /// Whether the request target counts towards `headers`.
    pub target_counts_as_header: bool,
    /// Calls a day through a group's subdomain.
    pub subdomain_calls_per_day: Option<u32>,
    /// Calls per second of one API over all stages.
    pub api_calls_per_second: Option<u32>,
    /// Calls per second of one group.
    pub group_calls_per_second: Option<u32>,
    /// Calls per second of one client address to one API.
    pub address_calls_per_second: Option<u32>,
    /// Entries of one list of addresses.
    pub addresses_per_list: Option<u32>,
    /// The longest backend timeout, in milliseconds.
    pub backend_timeout_ms: u32,
    /// Whether answers through a subdomain are marked as downloads.
    pub subdomain_answers_as_download: bool,
}

const KIB: usize = 1024;
const MIB: u64 = 1024 * 1024;

const OWN: Limits = Limits {
    request_body: 32 * MIB,
    target: 32 * KIB,
    header: 32 * KIB,
    headers: 128 * KIB,
    target_counts_as_header: false,
    subdomain_calls_per_day: None,
    api_calls_per_second: None,
    group_calls_per_second: None,
    address_calls_per_second: None,
    addresses_per_list: None,
    backend_timeout_ms: 600_000,
    subdomain_answers_as_download: false,
};

const ALIBABA: Limits = Limits {
    request_body: 8 * MIB,
    target: 128 * KIB,
    header: 128 * KIB,
    headers: 128 * KIB,
    target_counts_as_header: true,
    subdomain_calls_per_day: Some(1_000),
    group_calls_per_second: Some(500),
    address_calls_per_second: Some(100),
    backend_timeout_ms: 30_000,
    subdomain_answers_as_download: true,
    ..OWN
};

const HUAWEI: Limits = Limits {
    request_body: 12 * MIB,
    subdomain_calls_per_day: Some(1_000),
    api_calls_per_second: Some(200),
    addresses_per_list: Some(100),
    backend_timeout_ms: 60_000,
    ..OWN
};

impl Limits {
    /// The numbers of a profile for groups of a dialect (design: features, "Limits and quotas come in profiles").
    #[must_use]
    pub const fn of(profile: Profile, dialect: Dialect) -> Self {
        match (profile, dialect) {
            (Profile::Own, _) => OWN,
            (Profile::Cloud, Dialect::Alibaba) => ALIBABA,
            (Profile::Cloud, Dialect::Huawei) => HUAWEI,
        }
    }

    /// These limits with what somebody changed: the last word on each number is that of the change.
    #[must_use]
    pub fn changed<'q>(mut self, dialect: Dialect, quotas: impl Iterator<Item = &'q Quota>) -> Self {
        for quota in quotas.filter(|quota| quota.name.dialect == Some(dialect)) {
            self.set(quota.name.item, quota.value);
        }
        self
    }

    /// The number of an item; the outer none: it is not about what a call may cost.
    pub(crate) fn item(&self, item: Item) -> Option<Option<u64>> {
        let rate = |rate: Option<u32>| Some(rate.map(u64::from));
        match item {
            Item::RequestBody => Some(Some(self.request_body)),
            Item::RequestTarget => Some(Some(self.target as u64)),
            Item::Header => Some(Some(self.header as u64)),
            Item::Headers => Some(Some(self.headers as u64)),
            Item::SubdomainCallsPerDay => rate(self.subdomain_calls_per_day),
            Item::ApiCallsPerSecond => rate(self.api_calls_per_second),
            Item::GroupCallsPerSecond => rate(self.group_calls_per_second),
            Item::AddressCallsPerSecond => rate(self.address_calls_per_second),
            Item::AddressesPerList => rate(self.addresses_per_list),
            Item::BackendTimeout => rate(Some(self.backend_timeout_ms)),
            _ => None,
        }
    }

    /// Sets the number of an item. What cannot be off stays as it is when it is said to be off.
    fn set(&mut self, item: Item, value: Option<u64>) {
        match item {
            Item::RequestBody => self.request_body = value.unwrap_or(self.request_body),
            Item::RequestTarget => self.target = value.map_or(self.target, size),
            Item::Header => self.header = value.map_or(self.header, size),
            Item::Headers => self.headers = value.map_or(self.headers, size),
            Item::SubdomainCallsPerDay => self.subdomain_calls_per_day = value.map(rate),
            Item::ApiCallsPerSecond => self.api_calls_per_second = value.map(rate),
            Item::GroupCallsPerSecond => self.group_calls_per_second = value.map(rate),
            Item::AddressCallsPerSecond => self.address_calls_per_second = value.map(rate),
            Item::AddressesPerList => self.addresses_per_list = value.map(rate),
            Item::BackendTimeout => self.backend_timeout_ms = value.map_or(self.backend_timeout_ms, rate),
            _ => {}
        }
    }
}

fn size(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

fn rate(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
