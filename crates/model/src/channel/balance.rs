//! How a member is picked (spec: huawei/vpc-channels.md).

use serde::{Deserialize, Serialize};

/// How a member is picked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Balance {
    /// In turn, by weight.
    #[default]
    WeightedRoundRobin,
    /// The member with the fewest calls under way for its weight.
    WeightedLeastConnection,
    /// The same member for the same client address, as long as it is there.
    SourceHash,
    /// The same member for the same path, as long as it is there; all weigh the same.
    UriHash,
}
