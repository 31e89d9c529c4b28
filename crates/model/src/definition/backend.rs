//! Where calls go: a closed family; settings here, behaviour in the data plane's file of the same name.

use serde::{Deserialize, Serialize};

use super::{ServiceBackend, nothing_else};
use crate::id::{BackendAccessId, ChannelId};

/// What answers a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Backend {
    /// An HTTP service.
    Http(HttpBackend),
    /// The gateway itself, with a fixed answer.
    Mock(MockBackend),
    /// What a backend service says for the stage.
    Service(ServiceBackend),
}

impl Backend {
    /// How long a call of it may take, in milliseconds; none where the gateway answers itself.
    #[must_use]
    pub const fn timeout_ms(&self) -> Option<u32> {
        match self {
            Self::Http(HttpBackend { timeout_ms, .. }) | Self::Service(ServiceBackend { timeout_ms, .. }) => {
                Some(*timeout_ms)
            }
            Self::Mock(_) => None,
        }
    }
}

/// An HTTP service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HttpBackend {
    /// Where it is.
    pub to: Destination,
    /// Its path, with parameters in brackets of either kind; may hold variables, `#Name#`.
    #[serde(default = "root")]
    pub path: String,
    /// The method it is called with.
    #[serde(default)]
    pub method: BackendMethod,
    /// How long connecting and waiting for the head of the answer may take, in milliseconds: 1 to 600,000.
    #[serde(default = "ten_seconds")]
    pub timeout_ms: u32,
    /// What is tried again.
    #[serde(default)]
    pub retries: Retries,
    /// The protocol spoken with it.
    #[serde(default)]
    pub protocol: BackendProtocol,
    /// Which content type it is told.
    #[serde(default)]
    pub content_type: ContentTypeRule,
    /// The host it is told, as `host[:port]`; absent: that of its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Whether its certificate is checked when it speaks TLS.
    #[serde(default = "yes")]
    pub verify_certificate: bool,
}

impl HttpBackend {
    /// A service at an address, all else as a new API has it.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            to: Destination::Address { url: url.into() },
            path: root(),
            method: BackendMethod::Any,
            timeout_ms: ten_seconds(),
            retries: Retries::default(),
            protocol: BackendProtocol::Http1,
            content_type: ContentTypeRule::Client,
            host: None,
            verify_certificate: true,
        }
    }
}

pub(super) fn root() -> String {
    "/".to_owned()
}

pub(super) fn ten_seconds() -> u32 {
    10_000
}

fn yes() -> bool {
    true
}

/// Where an HTTP service is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Destination {
    /// At an address.
    Address {
        /// `http://host[:port]` or `https://host[:port]`, without a path; may hold variables, `#Name#`.
        url: String,
    },
    /// Behind a backend access.
    Access {
        /// Which.
        access: BackendAccessId,
        /// Whether TLS is spoken; absent: as the access says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scheme: Option<Scheme>,
    },
    /// Behind the backend access that has a name in the stage.
    NamedAccess {
        /// The name; may hold variables, `#Name#`.
        name: String,
        /// Whether TLS is spoken; absent: as the access says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scheme: Option<Scheme>,
    },
    /// At one of a channel's members.
    Channel {
        /// Which.
        channel: ChannelId,
        /// How members are spoken to.
        #[serde(default)]
        scheme: Scheme,
    },
}

/// Whether TLS is spoken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// Plain.
    #[default]
    Http,
    /// Over TLS.
    Https,
}

/// The method a backend is called with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum BackendMethod {
    /// The caller's.
    #[default]
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
}

impl BackendMethod {
    /// The method as on the request line; none for [`BackendMethod::Any`].
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        Some(match self {
            Self::Any => return None,
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
        })
    }
}

/// What is tried again after an attempt that may have reached the backend.
///
/// An attempt that certainly did not reach it is always tried again, within the deadline and the retry budget.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Retries {
    /// Idempotent methods once, others never.
    #[default]
    #[serde(deserialize_with = "nothing_else")]
    Idempotent,
    /// Every method this many times: 0 to 10.
    Fixed {
        /// How many times.
        times: u8,
    },
}

/// The protocol spoken with a backend.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BackendProtocol {
    /// HTTP/1.1.
    #[default]
    Http1,
    /// HTTP/2 over TLS.
    H2,
    /// HTTP/2 in plain text with prior knowledge.
    H2c,
}

impl BackendProtocol {
    /// Whether it is HTTP/2, over TLS or not.
    #[must_use]
    pub const fn is_http2(self) -> bool {
        matches!(self, Self::H2 | Self::H2c)
    }
}

/// Which content type a backend is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ContentTypeRule {
    /// The client's.
    #[default]
    #[serde(deserialize_with = "nothing_else")]
    Client,
    /// The gateway's own for the body it sends.
    #[serde(deserialize_with = "nothing_else")]
    Gateway,
    /// A fixed one.
    Fixed {
        /// The header's value.
        value: String,
    },
}

/// A fixed answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MockBackend {
    /// Its status: 200 to 599.
    #[serde(default = "ok")]
    pub status: u16,
    /// Its headers.
    #[serde(default)]
    pub headers: Vec<MockHeader>,
    /// Its body.
    #[serde(default)]
    pub body: String,
}

fn ok() -> u16 {
    200
}

/// A header of a fixed answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MockHeader {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}
