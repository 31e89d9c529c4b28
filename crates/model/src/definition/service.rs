//! A backend service in place of a backend of the API's own.

use serde::{Deserialize, Serialize};

use super::backend::{root, ten_seconds};
use super::{
    Backend, BackendMethod, BackendProtocol, ContentTypeRule, Definition, Destination, HttpBackend, Retries,
};
use crate::backend_service::{HttpTarget, ServiceTarget};
use crate::id::BackendServiceId;

/// A backend service, with what the API says about its calls. Where the service answers by itself, nothing of that is
/// looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ServiceBackend {
    /// Which.
    pub service: BackendServiceId,
    /// The path, with parameters in brackets of either kind; may hold variables, `#Name#`.
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
}

impl ServiceBackend {
    /// A service, all else as a new API has it.
    #[must_use]
    pub fn of(service: BackendServiceId) -> Self {
        Self {
            service,
            path: root(),
            method: BackendMethod::Any,
            timeout_ms: ten_seconds(),
            retries: Retries::default(),
            protocol: BackendProtocol::Http1,
            content_type: ContentTypeRule::Client,
        }
    }

    /// The backend that it is where the service is there.
    #[must_use]
    pub fn at(&self, target: &ServiceTarget) -> Backend {
        match target {
            ServiceTarget::Http(HttpTarget { to, host, verify_certificate }) => Backend::Http(HttpBackend {
                host: host.clone(),
                verify_certificate: *verify_certificate,
                ..self.to(to.clone())
            }),
            ServiceTarget::Mock(mock) => Backend::Mock(mock.clone()),
        }
    }

    /// The same somewhere well formed, for judging what does not depend on where the service is.
    pub(super) fn at_stand_in(&self) -> HttpBackend {
        self.to(Destination::Address { url: "http://service".to_owned() })
    }

    fn to(&self, to: Destination) -> HttpBackend {
        let Self { path, method, timeout_ms, retries, protocol, content_type, .. } = self.clone();
        HttpBackend {
            to,
            path,
            method,
            timeout_ms,
            retries,
            protocol,
            content_type,
            host: None,
            verify_certificate: true,
        }
    }
}

impl Definition {
    /// The backend service that it uses, when it does.
    #[must_use]
    pub fn service(&self) -> Option<BackendServiceId> {
        match &self.backend {
            Backend::Service(backend) => Some(backend.service),
            Backend::Http(_) | Backend::Mock(_) => None,
        }
    }

    /// The definition where its backend service is at a place; one that uses none as it is.
    #[must_use]
    pub fn served_by(mut self, target: &ServiceTarget) -> Self {
        if let Backend::Service(backend) = &self.backend {
            self.backend = backend.at(target);
        }
        self
    }
}
