//! Where in the gateway an action happens, as a path: `group/3f…/api/77…`.

use std::fmt;

use crate::noun::Noun;

/// The path of a resource, from the outermost noun inwards; `*` stands for all of a noun.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResourcePath(String);

impl ResourcePath {
    /// One resource.
    #[must_use]
    pub fn of(noun: Noun, id: impl fmt::Display) -> Self {
        Self(format!("{noun}/{id}"))
    }

    /// All of a noun.
    #[must_use]
    pub fn all(noun: Noun) -> Self {
        Self(format!("{noun}/*"))
    }

    /// A resource within this one.
    #[must_use]
    pub fn then(self, noun: Noun, id: impl fmt::Display) -> Self {
        Self(format!("{}/{noun}/{id}", self.0))
    }

    /// All of a noun within this one.
    #[must_use]
    pub fn then_all(self, noun: Noun) -> Self {
        Self(format!("{}/{noun}/*", self.0))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ResourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
