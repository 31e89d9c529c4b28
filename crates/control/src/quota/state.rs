//! A number as it is now, and why.

use paifang_model::limits::Profile;
use paifang_model::{Quota, QuotaName};
use paifang_store::Stored;

/// A number as it is now, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaState {
    /// Which number.
    pub name: QuotaName,
    /// What it is now; none: off.
    pub value: Option<u64>,
    /// How many of what it counts there are now; none where that has no answer, or has one within a group or app alone.
    pub used: Option<u64>,
    /// Why it is what it is.
    pub source: QuotaSource,
}

/// Why a number is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotaSource {
    /// It is the profile's.
    Profile(Profile),
    /// Somebody changed it.
    Changed {
        /// The user's name.
        by: String,
        /// When: milliseconds since 1970.
        at: i64,
        /// The revision of the change.
        revision: u64,
    },
}

impl QuotaState {
    pub(super) fn of(
        name: QuotaName,
        changed: Option<Stored<Quota>>,
        used: Option<u64>,
        profile: Profile,
    ) -> Self {
        match changed {
            None => {
                let (value, source) = (name.default_in(profile), QuotaSource::Profile(profile));
                Self { name, value, used, source }
            }
            Some(Stored { value: Quota { value, by, .. }, revision, updated_at: at, .. }) => {
                Self { name, value, used, source: QuotaSource::Changed { by, at, revision } }
            }
        }
    }
}
