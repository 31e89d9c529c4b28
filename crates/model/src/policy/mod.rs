//! Policies: what is done to calls beside their definition. A policy is made once and bound to APIs, stage by stage;
//! both are live, so that a change reaches callers without a deployment.
//!
//! What a vendor's interface calls settings is kept **as given**; [`Settings`] are derived from it, at the write in
//! order to refuse, at compilation in order to run. The kinds are a closed family: a vendor's settings are in the
//! folder of its name, and every `match` on [`Settings`] is a place that a new kind has to be taught.

pub mod alibaba;
mod binding;
mod document;
pub mod huawei;
mod members;
mod period;
mod special;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use alibaba::TrafficControl;
pub use binding::Binding;
pub use document::{Policy, SETTINGS_AT_MOST};
pub use huawei::Throttle;
pub use period::{Period, TimeUnit};
pub use special::{Special, SpecialObject};

use crate::dialect::Dialect;
use crate::limits::Limits;
use crate::record::Key;
use crate::violation::Violations;

/// What a policy does. A dialect has a kind or has it not; see [`Settings::read`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PolicyKind {
    /// Limits calls per API, user, app and address.
    Throttle,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Throttle];

    /// Its name in the store and in the native interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Throttle => "throttle",
        }
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
        }
    }

    /// Judges them by the limits that hold, which the model's own rules do not know.
    ///
    /// # Errors
    /// All complaints, with pointers into the settings.
    pub fn check_within(&self, limits: &Limits) -> Result<(), Violations> {
        match self {
            Self::Throttle(throttle) => throttle.check_within(limits),
            Self::TrafficControl(_) => Ok(()),
        }
    }

    /// Callers with numbers of their own, where they are changed apart from the rest of the settings.
    #[must_use]
    pub fn specials(&self) -> Option<&[Special]> {
        match self {
            Self::Throttle(throttle) => Some(&throttle.specials),
            Self::TrafficControl(_) => None,
        }
    }

    /// The settings as given, with these specials in place of those that are there; all else stays as it is.
    #[must_use]
    pub fn with_specials(&self, given: &Value, specials: &[Special]) -> Value {
        match self {
            Self::Throttle(_) => Throttle::with_specials(given, specials),
            // Its specials are part of the plug-in's data.
            Self::TrafficControl(_) => given.clone(),
        }
    }

    /// The documents that the settings name, with pointers into them. They must be there when they are first named;
    /// one that goes later leaves a setting that concerns nobody.
    #[must_use]
    pub fn named(&self) -> Vec<(String, Key)> {
        match self {
            Self::Throttle(throttle) => throttle.named(),
            Self::TrafficControl(_) => Vec::new(),
        }
    }
}
