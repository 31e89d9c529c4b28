//! Where a request goes: what makes two connections interchangeable.

use std::net::SocketAddr;

use http::uri::{Authority, Scheme};

use crate::TlsTarget;

/// The key of a pool. Neither routes nor snapshots take part: a configuration change does not cost a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// Address and port.
    pub address: SocketAddr,
    /// TLS with this name and these settings; `None` for plain TCP.
    pub tls: Option<TlsTarget>,
    /// What is spoken.
    pub protocol: Protocol,
}

/// What is spoken with a backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// HTTP/1.1, one request at a time per connection.
    Http1,
    /// HTTP/2 over TLS, agreed on by ALPN.
    H2,
    /// HTTP/2 with prior knowledge over plain TCP.
    H2c,
}

impl Origin {
    /// HTTP/1.1 over plain TCP.
    pub fn http1(address: SocketAddr) -> Self {
        Self { address, tls: None, protocol: Protocol::Http1 }
    }

    pub(super) fn scheme(&self) -> Scheme {
        if self.tls.is_some() { Scheme::HTTPS } else { Scheme::HTTP }
    }

    /// The authority for requests that do not name one.
    pub(super) fn authority(&self) -> Option<Authority> {
        let Some(tls) = &self.tls else { return self.address.to_string().parse().ok() };
        match tls.name().to_str() {
            name if name.contains(':') => format!("[{name}]:{}", self.address.port()).parse().ok(),
            name => format!("{name}:{}", self.address.port()).parse().ok(),
        }
    }
}
