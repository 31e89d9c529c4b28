//! Periods of time in which calls are counted.

use serde::{Deserialize, Serialize};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// A second.
    Second,
    /// 60 seconds.
    Minute,
    /// 3,600 seconds.
    Hour,
    /// 86,400 seconds.
    Day,
}

/// The units as both vendors' interfaces write them.
pub(super) const UNIT_WORDS: &[(&str, TimeUnit)] = &[
    ("SECOND", TimeUnit::Second),
    ("MINUTE", TimeUnit::Minute),
    ("HOUR", TimeUnit::Hour),
    ("DAY", TimeUnit::Day),
];

impl TimeUnit {
    /// Its length in seconds.
    #[must_use]
    pub const fn seconds(self) -> u32 {
        match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
        }
    }

    /// Its name, singular and in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

/// A number of units, as it was chosen: callers are told `60 second` and `1 minute` apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many units; at least 1.
    pub interval: u32,
    /// The unit.
    pub unit: TimeUnit,
}

impl Period {
    /// A second.
    pub const SECOND: Self = Self { interval: 1, unit: TimeUnit::Second };
    /// A day.
    pub const DAY: Self = Self { interval: 1, unit: TimeUnit::Day };

    /// Its length in seconds.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.interval as u64 * self.unit.seconds() as u64
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.interval, self.unit.name())
    }
}
