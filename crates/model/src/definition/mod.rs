//! What an API is: the request it accepts, who may call it, and what the backend receives.
//!
//! A draft and each of its versions hold one [`Definition`]. What the data plane reads is typed; what a
//! vendor's interface keeps beside that stays in [`Definition::extra`] as it was given.

mod auth;
mod backend;
mod check;
mod parameter;
pub mod policy;
mod request;
mod service;
mod value;
mod variables;

use serde::{Deserialize, Deserializer, Serialize};

use crate::backend_access::BackendAccess;
use crate::id::{BackendAccessId, ChannelId};

pub use auth::{AppCodeMode, Authentication, SignatureMethod};
pub use backend::{
    Backend, BackendMethod, BackendProtocol, ContentTypeRule, Destination, HttpBackend, MockBackend,
    MockHeader, Retries, Scheme,
};
pub use parameter::{BackendParameter, Location, Origin, Parameter, ParameterType};
pub use policy::{BackendPolicy, Comparison, Condition, EffectMode};
pub use request::{BodyFormat, MatchMode, MethodRule, Protocol, RequestDefinition, RequestMode};
pub use service::ServiceBackend;
pub use variables::VariablePlace;

/// One API, completely.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its name, unique in the group.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// Whether it is offered to everybody.
    #[serde(default)]
    pub visibility: Visibility,
    /// What it accepts.
    pub request: RequestDefinition,
    /// Who may call it.
    pub auth: Authentication,
    /// The parameters of a request.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// Where calls go.
    pub backend: Backend,
    /// The parameters that the backend receives.
    #[serde(default)]
    pub backend_parameters: Vec<BackendParameter>,
    /// Other backends for calls that meet conditions, in the order in which they are looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub backend_policies: Vec<BackendPolicy>,
    /// What the answer looks like; feeds the documents, never a call.
    #[serde(default)]
    pub response: ResponseDefinition,
    /// Words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Fields that a vendor's interface keeps and the data plane does not read, as they were given.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Definition {
    /// The backend accesses that calls go through: where each is named, and which. The default backend's comes first.
    pub fn accesses(&self) -> impl Iterator<Item = (String, BackendAccessId)> {
        self.backends().filter_map(|(at, backend)| match backend {
            Backend::Http(HttpBackend { to: Destination::Access { access, .. }, .. }) => {
                Some((format!("{at}/to/access"), *access))
            }
            _ => None,
        })
    }

    /// The channels that calls go to: where each is named, and which. The default backend's comes first.
    pub fn channels(&self) -> impl Iterator<Item = (String, ChannelId)> {
        self.backends().filter_map(|(at, backend)| match backend {
            Backend::Http(HttpBackend { to: Destination::Channel { channel, .. }, .. }) => {
                Some((format!("{at}/to/channel"), *channel))
            }
            _ => None,
        })
    }

    /// The names of backend accesses that calls go through: where each stands, and which. Those with variables in them are
    /// names once they are resolved.
    pub fn named_accesses(&self) -> impl Iterator<Item = (String, &str)> {
        self.backends().filter_map(|(at, backend)| match backend {
            Backend::Http(HttpBackend { to: Destination::NamedAccess { name, .. }, .. }) => {
                Some((format!("{at}/to/name"), name.as_str()))
            }
            _ => None,
        })
    }

    /// The definition with an access named by its name wherever it was named by its id: whoever has the name is meant.
    #[must_use]
    pub fn naming(mut self, access: &BackendAccess) -> Self {
        for backend in self.backends_mut() {
            let Backend::Http(HttpBackend { to, .. }) = backend else { continue };
            if let Destination::Access { access: meant, scheme } = *to
                && meant == access.id
            {
                *to = Destination::NamedAccess { name: access.name.clone(), scheme };
            }
        }
        self
    }

    /// The backend access of the default backend, when it has one.
    #[must_use]
    pub fn access(&self) -> Option<BackendAccessId> {
        match &self.backend {
            Backend::Http(HttpBackend { to: Destination::Access { access, .. }, .. }) => Some(*access),
            _ => None,
        }
    }

    /// The channel of the default backend, when it has one.
    #[must_use]
    pub fn channel(&self) -> Option<ChannelId> {
        match &self.backend {
            Backend::Http(HttpBackend { to: Destination::Channel { channel, .. }, .. }) => Some(*channel),
            _ => None,
        }
    }
}

/// Whether an API is offered to everybody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Shown to everybody.
    Public,
    /// Shown to those who were granted it.
    #[default]
    Private,
}

/// What the answer looks like.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ResponseDefinition {
    /// Its content type, in the vendor's words.
    pub content_type: String,
    /// An answer when all is well, at most 20 or 32 KiB by dialect.
    pub sample: String,
    /// An answer when something failed, at most 16 or 20 KiB by dialect.
    pub failure_sample: String,
}

/// Reads what stands beside the tag of a variant without fields, and refuses it: serde alone would pass over it
/// (its `deny_unknown_fields` does not reach such variants).
fn nothing_else<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}

    Nothing::deserialize(deserializer).map(|Nothing {}| ())
}
