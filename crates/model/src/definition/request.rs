//! What an API accepts: protocols, method, path, and how the request becomes the backend's.

use serde::{Deserialize, Serialize};

use crate::path::PathPattern;

/// The request side of an API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestDefinition {
    /// The protocols a call may come by.
    #[serde(default = "both_protocols")]
    pub protocols: Vec<Protocol>,
    /// The method.
    pub method: MethodRule,
    /// The path below the group's base path, with parameters in brackets of either kind.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub path: PathPattern,
    /// Whether deeper paths match too.
    #[serde(default)]
    pub match_mode: MatchMode,
    /// How the request becomes the backend's.
    #[serde(default)]
    pub mode: RequestMode,
    /// How a mapped body is read; absent where the API takes none or leaves it as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_format: Option<BodyFormat>,
    /// Whether answers carry permissive cross-origin headers.
    #[serde(default)]
    pub cors: bool,
    /// Whether calls from the internet are refused.
    #[serde(default)]
    pub intranet_only: bool,
}

impl RequestDefinition {
    /// The requests that are answered, as text: method, match mode and the path's shape. Two definitions of one
    /// route cannot serve side by side.
    #[must_use]
    pub fn route(&self) -> String {
        format!("{:?} {:?} {}", self.method, self.match_mode, self.path.shape())
    }
}

fn both_protocols() -> Vec<Protocol> {
    vec![Protocol::Http, Protocol::Https]
}

/// A protocol a call may come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// Plain HTTP.
    Http,
    /// HTTP over TLS.
    Https,
    /// A WebSocket upgrade.
    Websocket,
    /// gRPC over TLS.
    Grpcs,
}

impl Protocol {
    /// Its name in the native interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Websocket => "websocket",
            Self::Grpcs => "grpcs",
        }
    }
}

/// Which methods an API answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum MethodRule {
    /// Every method.
    Any,
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// DELETE.
    Delete,
    /// HEAD.
    Head,
    /// PATCH.
    Patch,
    /// OPTIONS.
    Options,
    /// TRACE.
    Trace,
    /// A POST of `multipart/form-data` whose parts are body and file parameters.
    Multipart,
}

impl MethodRule {
    /// The method as on the request line; none for [`MethodRule::Any`].
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        Some(match self {
            Self::Any => return None,
            Self::Get => "GET",
            Self::Post | Self::Multipart => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
        })
    }
}

/// Whether deeper paths match too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MatchMode {
    /// The whole path must match.
    #[default]
    Exact,
    /// The path may go on after a `/`; what follows is appended to the backend path.
    Prefix,
}

/// How the request becomes the backend's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestMode {
    /// Declared parameters are mapped; unknown ones are dropped.
    #[default]
    Mapping,
    /// Query, headers and body go through unchanged.
    Passthrough,
    /// Declared parameters are mapped; unknown ones go through.
    MappingPassthrough,
}

/// How a mapped body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BodyFormat {
    /// As a form whose fields are body parameters.
    Form,
    /// As bytes that go through.
    Stream,
}
