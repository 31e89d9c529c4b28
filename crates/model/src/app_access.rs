//! From where an app calls.

use serde::{Deserialize, Serialize};

use crate::policy::{AddressRange, AddressSet, Effect};
use crate::violation::{Rule, Violations};

/// The most entries of one app's list.
pub const APP_ADDRESSES_AT_MOST: usize = 1_000;

/// From where an app calls: from these addresses alone, or from all others. It holds for all of the app's calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AppAccess {
    /// What becomes of calls from the addresses.
    pub effect: Effect,
    /// Addresses, networks (`192.0.2.0/24`) and ranges (`192.0.2.5-192.0.2.9`).
    pub addresses: Vec<String>,
}

impl AppAccess {
    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        let entries = self.addresses.len();
        if entries == 0 || entries > APP_ADDRESSES_AT_MOST {
            let message = format!("it has {entries} entries, but 1 to {APP_ADDRESSES_AT_MOST} are allowed");
            violations.add("/addresses", Rule::Range, message);
        }
        for (index, entry) in self.addresses.iter().take(APP_ADDRESSES_AT_MOST).enumerate() {
            violations.at(&format!("/addresses/{index}"), entry.parse::<AddressRange>());
        }
        violations.or(())
    }

    /// The addresses; entries that cannot be read are not among them.
    #[must_use]
    pub fn set(&self) -> AddressSet {
        self.addresses.iter().filter_map(|entry| entry.parse::<AddressRange>().ok()).collect()
    }
}
