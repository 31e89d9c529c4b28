//! The values of `sort`: each list offers what its things have.

use paifang_control::{Created, CreatedOrName, Direction};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

/// By what a list may be sorted.
pub(crate) trait Sort: Copy + DeserializeOwned + ToSchema {
    /// What it is when nobody says.
    const DEFAULT: Self;
    /// The same for `control`, but for the direction.
    type By;

    /// The same for `control`.
    fn order(self) -> (Self::By, Direction);
}

/// `created`, oldest first, when absent; `-created`: newest first.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub(crate) enum ByCreated {
    #[serde(rename = "created")]
    Oldest,
    #[serde(rename = "-created")]
    Newest,
}

/// `-created`, newest first, when absent; `created`: oldest first.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub(crate) enum NewestFirst {
    #[serde(rename = "created")]
    Oldest,
    #[serde(rename = "-created")]
    Newest,
}

/// `created`, oldest first, when absent; `-created`: newest first. Names compare by code points: `Zoo` before `ant`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub(crate) enum ByName {
    #[serde(rename = "created")]
    Oldest,
    #[serde(rename = "-created")]
    Newest,
    #[serde(rename = "name")]
    First,
    #[serde(rename = "-name")]
    Last,
}

impl Sort for ByCreated {
    const DEFAULT: Self = Self::Oldest;
    type By = Created;

    fn order(self) -> (Created, Direction) {
        match self {
            Self::Oldest => (Created, Direction::Ascending),
            Self::Newest => (Created, Direction::Descending),
        }
    }
}

impl Sort for NewestFirst {
    const DEFAULT: Self = Self::Newest;
    type By = Created;

    fn order(self) -> (Created, Direction) {
        match self {
            Self::Oldest => (Created, Direction::Ascending),
            Self::Newest => (Created, Direction::Descending),
        }
    }
}

impl Sort for ByName {
    const DEFAULT: Self = Self::Oldest;
    type By = CreatedOrName;

    fn order(self) -> (CreatedOrName, Direction) {
        match self {
            Self::Oldest => (CreatedOrName::Created, Direction::Ascending),
            Self::Newest => (CreatedOrName::Created, Direction::Descending),
            Self::First => (CreatedOrName::Name, Direction::Ascending),
            Self::Last => (CreatedOrName::Name, Direction::Descending),
        }
    }
}
