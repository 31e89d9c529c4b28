//! How a domain is called over TLS.

use serde::{Deserialize, Serialize};

use crate::id::CertificateId;

/// How a domain is called over TLS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DomainTls {
    /// The certificate; absent: one of the gateway's own authority, which is for its own subdomains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateId>,
    /// Which versions are offered.
    #[serde(skip_serializing_if = "TlsVersions::is_default")]
    pub versions: TlsVersions,
    /// Which versions of HTTP are offered.
    #[serde(skip_serializing_if = "HttpVersions::is_default")]
    pub http: HttpVersions,
    /// The policy by the name that it was asked for, where that was not just the versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// Whether clients must show a certificate of the client authority.
    #[serde(skip_serializing_if = "ClientCertificates::is_default")]
    pub clients: ClientCertificates,
    /// What becomes of calls over plain HTTP.
    #[serde(skip_serializing_if = "PlainCalls::is_default")]
    pub plain: PlainCalls,
}

impl DomainTls {
    /// Nothing of it was chosen.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// How it is called as a domain of a group: of what either chose, the stricter.
    #[must_use]
    pub fn within(&self, group: &GroupTls) -> Self {
        Self { versions: self.versions.max(group.versions), http: self.http.max(group.http), ..self.clone() }
    }
}

/// What all hosts of a group offer at most: its subdomain and its domains.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct GroupTls {
    /// Which versions are offered.
    #[serde(skip_serializing_if = "TlsVersions::is_default")]
    pub versions: TlsVersions,
    /// Which versions of HTTP are offered.
    #[serde(skip_serializing_if = "HttpVersions::is_default")]
    pub http: HttpVersions,
    /// The policy by the name that it was asked for; what is served is what the others say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
}

impl GroupTls {
    /// Nothing of it was chosen.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The versions of TLS that are offered, the strictest last. TLS 1.0 and 1.1 are not (RFC 8996).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TlsVersions {
    /// TLS 1.2 and 1.3.
    #[default]
    #[serde(rename = "tls12_and_13")]
    Tls12And13,
    /// TLS 1.3 alone.
    #[serde(rename = "tls13")]
    Tls13,
}

impl TlsVersions {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The versions of HTTP that are offered over TLS (ALPN, RFC 7301), the strictest last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum HttpVersions {
    /// HTTP/2 and HTTP/1.1.
    #[default]
    #[serde(rename = "http1_and_2")]
    Http1And2,
    /// HTTP/1.1 alone.
    #[serde(rename = "http1")]
    Http1,
}

impl HttpVersions {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether clients must show a certificate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClientCertificates {
    /// None is asked for.
    #[default]
    NotAsked,
    /// Whoever shows none of the client authority's is refused in the handshake.
    Required,
    /// The same, and the backend is told the subject in `X-Client-S-Dn`.
    RequiredAndPassedOn,
}

impl ClientCertificates {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether clients are asked.
    #[must_use]
    pub fn asked(self) -> bool {
        self != Self::NotAsked
    }
}

/// What becomes of calls over plain HTTP.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlainCalls {
    /// They are answered, as each API allows.
    #[default]
    Answered,
    /// They are sent to the same address over TLS.
    Redirected,
}

impl PlainCalls {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
