//! Backend policies: other backends for calls that meet conditions (spec: huawei/api-model.md §7).
//!
//! They are looked at in order. The first whose conditions a call meets answers it; where none is met, the default
//! backend does.

use serde::{Deserialize, Serialize};

use super::{Backend, BackendParameter, Definition};

/// A backend for the calls that meet its conditions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BackendPolicy {
    /// Its name, unique in the API: 3 to 64 letters, digits and `_`, a letter first.
    pub name: String,
    /// How many of the conditions a call must meet.
    pub effect_mode: EffectMode,
    /// The conditions: 1 to 5.
    pub conditions: Vec<Condition>,
    /// What answers these calls: of the same kind as the default backend.
    pub backend: Backend,
    /// The parameters that it receives; those of the default backend do not count here.
    #[serde(default)]
    pub backend_parameters: Vec<BackendParameter>,
}

/// How many of its conditions a call must meet so that a policy takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EffectMode {
    /// All of them.
    All,
    /// One of them.
    Any,
}

/// Something that a call meets or does not. What is not in a call meets nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// About the client's address.
    Source {
        /// Addresses, networks and ranges, one of which has it: 1 to 100.
        addresses: Vec<String>,
    },
    /// About a parameter of the request. Its default stands in for it; of several values, one is enough.
    Parameter {
        /// The parameter's name.
        name: String,
        /// What its value must be.
        is: Comparison,
    },
    /// About the path of the request, decoded.
    Path {
        /// What it must be.
        is: Comparison,
    },
    /// About the method of the request.
    Method {
        /// What it must be; not a pattern.
        is: Comparison,
    },
    /// About a cookie.
    Cookie {
        /// The cookie's name.
        name: String,
        /// What its value must be.
        is: Comparison,
    },
}

/// What a value must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Comparison {
    /// This value.
    Exact {
        /// The value: up to 1,024 characters.
        value: String,
    },
    /// One of these values.
    Enum {
        /// The values: 1 to 100, of up to 1,024 characters.
        values: Vec<String>,
    },
    /// A value that a regular expression matches from its beginning to its end; no look-around.
    Pattern {
        /// The expression: 1 to 1,024 characters.
        pattern: String,
    },
}

/// The expression that matches whole values where the given one does.
#[must_use]
pub fn anchored(pattern: &str) -> String {
    format!(r"\A(?:{pattern})\z")
}

impl Definition {
    /// All that may answer a call, each with where it stands: the default backend, then those of the policies.
    pub fn backends(&self) -> impl Iterator<Item = (String, &Backend)> {
        let policies = self.backend_policies.iter().enumerate();
        let others = policies.map(|(index, policy)| (format!("{}/backend", at(index)), &policy.backend));
        std::iter::once(("/backend".to_owned(), &self.backend)).chain(others)
    }

    /// The same, to be changed.
    pub(super) fn backends_mut(&mut self) -> impl Iterator<Item = &mut Backend> {
        let others = self.backend_policies.iter_mut().map(|policy| &mut policy.backend);
        std::iter::once(&mut self.backend).chain(others)
    }

    /// The definition as it is for the calls of one of its policies, from 0: backend and backend parameters trade places
    /// with the default ones, so that whatever holds for all of them together holds for it too. One that has no such
    /// policy as it is.
    #[must_use]
    pub fn under(&self, policy: usize) -> Self {
        let mut definition = self.clone();
        let Definition { backend, backend_parameters, backend_policies, .. } = &mut definition;
        if let Some(policy) = backend_policies.get_mut(policy) {
            std::mem::swap(backend, &mut policy.backend);
            std::mem::swap(backend_parameters, &mut policy.backend_parameters);
        }
        definition
    }
}

/// Where a policy stands in its definition.
#[must_use]
pub fn at(policy: usize) -> String {
    format!("/backend_policies/{policy}")
}
