//! Policies: what is done to calls beside their definition. A policy is made once and bound to APIs, stage by stage;
//! both are live, so that a change reaches callers without a deployment.
//!
//! What a vendor's interface calls settings is kept **as given**; [`Settings`] are derived from it, at the write in
//! order to refuse, at compilation in order to run. The kinds are a closed family: a vendor's settings are in the
//! folder of its name, and every `match` on [`Settings`] is a place that a new kind has to be taught.

mod addresses;
pub mod alibaba;
mod binding;
mod document;
mod effect;
mod group_binding;
pub mod huawei;
mod members;
mod period;
mod signature_key;
mod special;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use addresses::{AddressRange, AddressSet};
pub use alibaba::{Cors, IpControl, TrafficControl};
pub use binding::Binding;
pub use document::Policy;
pub use effect::Effect;
pub use group_binding::GroupBinding;
pub use huawei::{AccountList, AddressList, RateLimit, Throttle};
pub use period::{Period, TimeUnit};
pub use signature_key::{SignatureKey, SignatureScheme};
pub use special::{Special, SpecialObject};

use crate::dialect::Dialect;
use crate::limits::Limits;
use crate::record::Key;
use crate::secret::Secret;
use crate::violation::{Complaint, Rule, Violations};

/// What a policy does. A dialect has a kind or has it not; see [`Settings::read`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PolicyKind {
    /// Limits calls per API, user, app and address.
    Throttle,
    /// Lets calls in or keeps them out by the client's address.
    AddressList,
    /// Lets calls in or keeps them out by the name of the account that the calling app belongs to.
    AccountList,
    /// The same by the account's id.
    AccountIdList,
    /// Says which pages of other origins may call.
    Cors,
    /// Signs calls of backends.
    SignatureKey,
    /// Limits calls too, beside a throttling policy, where a dialect has both.
    RateLimit,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Throttle,
        Self::AddressList,
        Self::AccountList,
        Self::AccountIdList,
        Self::Cors,
        Self::SignatureKey,
        Self::RateLimit,
    ];

    /// Its name in the store and in the native interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Throttle => "throttle",
            Self::AddressList => "address_list",
            Self::AccountList => "account_list",
            Self::AccountIdList => "account_id_list",
            Self::Cors => "cors",
            Self::SignatureKey => "signature_key",
            Self::RateLimit => "rate_limit",
        }
    }

    /// What it has names and a quota in common with: kinds that a vendor's interface shows as one.
    #[must_use]
    pub const fn family(self, dialect: Dialect) -> &'static str {
        match self {
            // What this vendor calls plug-ins.
            Self::Cors | Self::RateLimit if matches!(dialect, Dialect::Huawei) => "plugin",
            Self::RateLimit => "rate_limit",
            Self::Throttle => "throttle",
            Self::AddressList | Self::AccountList | Self::AccountIdList => "access",
            Self::Cors => "cors",
            Self::SignatureKey => "signature_key",
        }
    }

    /// Whether its policies have a secret.
    #[must_use]
    pub const fn has_secret(self) -> bool {
        matches!(self, Self::SignatureKey)
    }
}

impl std::fmt::Display for PolicyKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What a policy's settings say, understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Settings {
    /// Limits on calls, as Huawei Cloud has them.
    Throttle(Throttle),
    /// Limits on calls, as Alibaba Cloud has them.
    TrafficControl(TrafficControl),
    /// Limits on calls, as a plug-in of Huawei Cloud has them.
    RateLimit(RateLimit),
    /// A list of addresses, as Huawei Cloud has it.
    AddressList(AddressList),
    /// A list of addresses, as Alibaba Cloud has it.
    IpControl(IpControl),
    /// A list of accounts, by name or by id.
    AccountList(AccountList),
    /// Pages of other origins that may call.
    Cors(Cors),
    /// A key that signs calls of backends.
    SignatureKey(SignatureKey),
}

impl Settings {
    /// Reads settings as they were given.
    ///
    /// # Errors
    /// All complaints, with pointers into the settings; for a kind that the dialect does not have, one at the root.
    pub fn read(dialect: Dialect, kind: PolicyKind, given: &Value) -> Result<Self, Violations> {
        match (dialect, kind) {
            (Dialect::Huawei, PolicyKind::Throttle) => Throttle::read(given).map(Self::Throttle),
            (Dialect::Alibaba, PolicyKind::Throttle) => {
                TrafficControl::read(&*alibaba::read_data(given)?).map(Self::TrafficControl)
            }
            (Dialect::Huawei, PolicyKind::AddressList) => AddressList::read(given).map(Self::AddressList),
            (Dialect::Alibaba, PolicyKind::AddressList) => {
                IpControl::read(&*alibaba::read_data(given)?).map(Self::IpControl)
            }
            (Dialect::Huawei, PolicyKind::AccountList) => {
                AccountList::read_names(given).map(Self::AccountList)
            }
            (Dialect::Huawei, PolicyKind::AccountIdList) => {
                AccountList::read_ids(given).map(Self::AccountList)
            }
            (Dialect::Huawei, PolicyKind::SignatureKey) => {
                huawei::read_signature_key(given).map(Self::SignatureKey)
            }
            (Dialect::Alibaba, PolicyKind::SignatureKey) => {
                alibaba::read_signature_key(&*alibaba::read_data(given)?).map(Self::SignatureKey)
            }
            (Dialect::Alibaba, PolicyKind::Cors) => Cors::read(&*alibaba::read_data(given)?).map(Self::Cors),
            (Dialect::Huawei, PolicyKind::Cors) => huawei::read_cors(given).map(Self::Cors),
            (Dialect::Huawei, PolicyKind::RateLimit) => RateLimit::read(given).map(Self::RateLimit),
            (
                Dialect::Alibaba,
                PolicyKind::AccountList | PolicyKind::AccountIdList | PolicyKind::RateLimit,
            ) => {
                let message = format!("groups of {dialect} have no policies of the kind `{kind}`");
                Err(Violations::one("", Rule::Unsupported, message))
            }
        }
    }

    /// Judges them by the limits that hold, which the model's own rules do not know.
    ///
    /// # Errors
    /// All complaints, with pointers into the settings.
    pub fn check_within(&self, limits: &Limits) -> Result<(), Violations> {
        match self {
            Self::Throttle(throttle) => throttle.check_within(limits),
            Self::AddressList(list) => list.check_within(limits),
            Self::RateLimit(limit) => limit.check_within(limits),
            Self::TrafficControl(_)
            | Self::IpControl(_)
            | Self::AccountList(_)
            | Self::Cors(_)
            | Self::SignatureKey(_) => Ok(()),
        }
    }

    /// Judges the secret that a policy has beside them; complains of one that is missing, and of one too many.
    ///
    /// # Errors
    /// The complaint, which says nothing of the secret.
    pub fn check_secret(&self, secret: Option<&Secret>) -> Result<(), Complaint> {
        match (self, secret) {
            (Self::SignatureKey(key), secret) => key.check_secret(secret),
            (_, None) => Ok(()),
            (_, Some(_)) => {
                let message = "policies of this kind have no secret".to_owned();
                Err(Complaint { rule: Rule::Unknown, message })
            }
        }
    }

    /// Callers with numbers of their own, where they are changed apart from the rest of the settings.
    #[must_use]
    pub fn specials(&self) -> Option<&[Special]> {
        match self {
            Self::Throttle(throttle) => Some(&throttle.specials),
            Self::TrafficControl(_)
            | Self::RateLimit(_)
            | Self::AddressList(_)
            | Self::IpControl(_)
            | Self::AccountList(_)
            | Self::Cors(_)
            | Self::SignatureKey(_) => None,
        }
    }

    /// The settings as given, with these specials in place of those that are there; all else stays as it is.
    #[must_use]
    pub fn with_specials(&self, given: &Value, specials: &[Special]) -> Value {
        match self {
            Self::Throttle(_) => Throttle::with_specials(given, specials),
            // Where there are any, they are part of the plug-in's data.
            Self::TrafficControl(_)
            | Self::RateLimit(_)
            | Self::AddressList(_)
            | Self::IpControl(_)
            | Self::AccountList(_)
            | Self::Cors(_)
            | Self::SignatureKey(_) => given.clone(),
        }
    }

    /// The documents that the settings name, with pointers into them. They must be there when they are first named;
    /// one that goes later leaves a setting that concerns nobody.
    #[must_use]
    pub fn named(&self) -> Vec<(String, Key)> {
        match self {
            Self::Throttle(throttle) => throttle.named(),
            Self::RateLimit(limit) => limit.named(),
            Self::TrafficControl(_)
            | Self::AddressList(_)
            | Self::IpControl(_)
            | Self::AccountList(_)
            | Self::Cors(_)
            | Self::SignatureKey(_) => Vec::new(),
        }
    }
}
