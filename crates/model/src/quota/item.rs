//! What there is a number for: its name, its unit, its range, and what it counts. One line each.

use std::fmt;
use std::ops::RangeInclusive;

use crate::kind::Kind;
use crate::policy::PolicyKind;

macro_rules! items {
    ($($variant:ident = $name:literal, $of:ident, $unit:ident, $least:literal..=$most:literal, $off:ident, $what:literal;)*) => {
        /// What a number limits.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Item {
            $(#[doc = $what] $variant),*
        }

        impl Item {
            /// Every item, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its part of the number's name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What it limits, in words.
            #[must_use]
            pub const fn what(self) -> &'static str {
                match self { $(Self::$variant => $what),* }
            }

            /// In what it is counted.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Self::$variant => Unit::$unit),* }
            }

            /// What it may be, unless it is off.
            #[must_use]
            pub const fn range(self) -> RangeInclusive<u64> {
                match self { $(Self::$variant => $least..=$most),* }
            }

            /// Whether it may be off.
            #[must_use]
            pub const fn may_be_off(self) -> bool {
                match self { $(Self::$variant => matches!(Off::$off, Off::Allowed)),* }
            }

            /// Whose number it is.
            pub(super) const fn of(self) -> Of {
                match self { $(Self::$variant => Of::$of),* }
            }
        }
    };
}

/// Whether a number may be off.
enum Off {
    Allowed,
    Never,
}

/// Whose number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// One for all groups, or for what groups share.
    All,
    /// Each dialect has its own.
    Each,
    /// Only the second dialect knows such a number.
    Huawei,
}

#[rustfmt::skip]
items! {
    // What is kept.
    Groups = "groups", Each, Objects, 0..=1_000_000, Allowed, "API groups";
    Apis = "apis", All, Objects, 0..=10_000_000, Allowed, "APIs of all groups together";
    ApisPerGroup = "apis_per_group", Each, Objects, 0..=1_000_000, Allowed, "APIs of a group";
    DomainsPerGroup = "domains_per_group", Each, Objects, 0..=1_000_000, Allowed, "domains bound to a group";
    Stages = "stages", Each, Objects, 1..=100, Never, "stages, those that are there from the start included";
    VersionsPerStage = "versions_per_stage", Each, Objects, 1..=1_000, Never, "versions of an API kept per stage; older ones are dropped at the next deployment";
    ParametersPerApi = "parameters_per_api", Huawei, Objects, 0..=100, Never, "request parameters of an API";
    BackendPoliciesPerApi = "backend_policies_per_api", Huawei, Objects, 0..=20, Never, "backend policies of an API";
    VariablesPerStage = "variables_per_stage", Each, Objects, 0..=100_000, Allowed, "variables of a group in a stage";
    ThrottlingPolicies = "throttling_policies", Huawei, Objects, 0..=100_000, Allowed, "request throttling policies";
    SignatureKeys = "signature_keys", Huawei, Objects, 0..=100_000, Allowed, "signature keys";
    AccessPolicies = "access_policies", Huawei, Objects, 0..=100_000, Allowed, "access control policies";
    AddressesPerList = "addresses_per_list", Huawei, Objects, 1..=5_000, Allowed, "entries of a list of addresses";
    Apps = "apps", All, Objects, 0..=10_000_000, Allowed, "apps";
    AppCodesPerApp = "app_codes_per_app", All, Objects, 0..=1_000, Never, "codes of an app";
    Channels = "channels", All, Objects, 0..=1_000_000, Allowed, "channels";
    MembersPerChannel = "members_per_channel", All, Objects, 0..=200, Never, "members of a channel";
    BackendInstances = "backend_instances", All, Objects, 0..=1_000_000, Never, "backend instances in the inventory";
    AccessLists = "access_lists", All, Objects, 0..=1_000, Allowed, "access lists of the gateway";
    BlackLists = "black_lists", All, Objects, 0..=1_000, Never, "black lists of all accounts together";
    // What a call may cost.
    RequestBody = "request_body", Each, Bytes, 0..=9_999_220_736, Never, "the body of a request";
    RequestTarget = "request_target", Each, Bytes, 256..=131_072, Never, "path and query of a request";
    Header = "header", Each, Bytes, 256..=131_072, Never, "a header of a request, name and value";
    Headers = "headers", Each, Bytes, 256..=131_072, Never, "all headers of a request together";
    SubdomainCallsPerDay = "subdomain_calls_per_day", Each, CallsPerDay, 1..=4_294_967_295, Allowed, "calls through a group's subdomain";
    ApiCallsPerSecond = "api_calls_per_second", Each, CallsPerSecond, 1..=1_000_000, Allowed, "calls of one API over all stages";
    GroupCallsPerSecond = "group_calls_per_second", Each, CallsPerSecond, 1..=1_000_000, Allowed, "calls of one group, unless the group has a number of its own";
    AddressCallsPerSecond = "address_calls_per_second", Each, CallsPerSecond, 1..=1_000_000, Allowed, "calls of one client address to one API";
    BackendTimeout = "backend_timeout", Each, Milliseconds, 1..=600_000, Never, "the longest timeout that an API may ask for";
}

/// In what a number is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things that are kept.
    Objects,
    /// Bytes.
    Bytes,
    /// Calls in a second.
    CallsPerSecond,
    /// Calls in a day.
    CallsPerDay,
    /// Milliseconds.
    Milliseconds,
}

impl Unit {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Objects => "objects",
            Self::Bytes => "bytes",
            Self::CallsPerSecond => "calls per second",
            Self::CallsPerDay => "calls per day",
            Self::Milliseconds => "milliseconds",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Documents that a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The documents.
    pub kind: Kind,
    /// In what they are counted.
    pub within: Within,
}

/// In what documents are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// All there are.
    All,
    /// Those of a dialect.
    Dialect,
    /// Those of a group.
    Group,
    /// Those of a group in a stage.
    GroupAndStage,
    /// Those of an app.
    App,
    /// Those of a dialect and of this kind of policy, or of one of its family.
    Policies(PolicyKind),
}

impl Item {
    /// The documents that it counts; none where it is not documents that are counted.
    #[must_use]
    pub const fn counted(self) -> Option<Counted> {
        let (kind, within) = match self {
            Self::Groups => (Kind::Group, Within::Dialect),
            Self::Stages => (Kind::Stage, Within::Dialect),
            Self::Apis => (Kind::Api, Within::All),
            Self::ApisPerGroup => (Kind::Api, Within::Group),
            Self::DomainsPerGroup => (Kind::Domain, Within::Group),
            Self::VariablesPerStage => (Kind::Variable, Within::GroupAndStage),
            Self::ThrottlingPolicies => (Kind::Policy, Within::Policies(PolicyKind::Throttle)),
            Self::SignatureKeys => (Kind::Policy, Within::Policies(PolicyKind::SignatureKey)),
            Self::AccessPolicies => (Kind::Policy, Within::Policies(PolicyKind::AddressList)),
            Self::Apps => (Kind::App, Within::All),
            Self::AppCodesPerApp => (Kind::AppCode, Within::App),
            Self::Channels => (Kind::Channel, Within::All),
            Self::BackendInstances => (Kind::BackendInstance, Within::All),
            Self::AccessLists => (Kind::AccessList, Within::All),
            Self::BlackLists => (Kind::BlackList, Within::All),
            _ => return None,
        };
        Some(Counted { kind, within })
    }

    /// The items that count documents of a kind; policies have [`Item::counting_policies`].
    pub fn counting(kind: Kind) -> impl Iterator<Item = Self> {
        let counts = move |item: &Self| item.counted().is_some_and(|counted| counted.kind == kind);
        Self::ALL.iter().copied().filter(counts)
    }

    /// The item that counts policies of a kind; none: nobody limits them.
    #[must_use]
    pub const fn counting_policies(kind: PolicyKind) -> Option<Self> {
        Some(match kind {
            PolicyKind::Throttle => Self::ThrottlingPolicies,
            PolicyKind::AddressList | PolicyKind::AccountList | PolicyKind::AccountIdList => {
                Self::AccessPolicies
            }
            PolicyKind::SignatureKey => Self::SignatureKeys,
            PolicyKind::Cors | PolicyKind::RateLimit => return None,
        })
    }
}
