//! What a number is called: whose it is, a dot, and what it limits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::item::{Item, Of};
use crate::dialect::Dialect;

/// A number's name, as in `all.apps`. It never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuotaName {
    /// Whose groups it is for; none: everybody's.
    pub dialect: Option<Dialect>,
    /// What it limits.
    pub item: Item,
}

/// What stands before the dot where a number is everybody's.
const ALL: &str = "all";

impl QuotaName {
    /// Every number there is: those that all share, then each dialect's.
    pub fn all() -> impl Iterator<Item = Self> {
        let owners = [None].into_iter().chain(Dialect::ALL.map(Some));
        owners.flat_map(|dialect| {
            let items = Item::ALL.iter().copied().filter(move |item| has(dialect, item.of()));
            items.map(move |item| Self { dialect, item })
        })
    }

    /// The number of an item that is right for groups of a dialect.
    #[must_use]
    pub const fn of(item: Item, dialect: Option<Dialect>) -> Self {
        let dialect = match item.of() {
            Of::All => None,
            Of::Each | Of::Huawei => dialect,
        };
        Self { dialect, item }
    }
}

fn has(dialect: Option<Dialect>, of: Of) -> bool {
    match of {
        Of::All => dialect.is_none(),
        Of::Each => dialect.is_some(),
        Of::Huawei => dialect == Some(Dialect::Huawei),
    }
}

impl fmt::Display for QuotaName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.dialect.map_or(ALL, Dialect::name), self.item.name())
    }
}

/// A name that no number has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no quota is called `{0}`")]
pub struct UnknownQuota(pub String);

impl FromStr for QuotaName {
    type Err = UnknownQuota;

    fn from_str(text: &str) -> Result<Self, UnknownQuota> {
        let unknown = || UnknownQuota(crate::name::shown(text));
        let (owner, item) = text.split_once('.').ok_or_else(unknown)?;
        let named =
            |name: &Self| name.item.name() == item && name.dialect.map_or(ALL, Dialect::name) == owner;
        Self::all().find(named).ok_or_else(unknown)
    }
}

impl Serialize for QuotaName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for QuotaName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for QuotaName {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        let names = Self::all().map(|name| name.to_string()).collect::<Vec<_>>();
        let string = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String);
        string.enum_values(Some(names)).into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for QuotaName {}
