//! What a list does.

use serde::{Deserialize, Serialize};

/// What becomes of those who are on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// They alone are let in.
    Allow,
    /// They are kept out.
    Deny,
}

impl Effect {
    /// Whether somebody is let in who is on the list, or is not.
    #[must_use]
    pub const fn admits(self, listed: bool) -> bool {
        match self {
            Self::Allow => listed,
            Self::Deny => !listed,
        }
    }
}
