//! What is known of a connection before its first request.

use std::net::{IpAddr, SocketAddr};

use http::HeaderValue;

use super::Spoken;

/// A client's connection.
#[derive(Clone, Debug)]
pub struct ConnectionInfo {
    /// The other end, as the socket says.
    pub peer: SocketAddr,
    /// Its address as a header value; written once for all requests.
    pub peer_text: HeaderValue,
    /// Our end.
    pub local: SocketAddr,
    /// What the TLS handshake agreed on; `None` on a plain connection.
    pub tls: Option<Tls>,
}

/// The outcome of a client's TLS handshake.
#[derive(Clone, Debug, Default)]
pub struct Tls {
    /// The server name that the client asked for.
    pub server_name: Option<String>,
    /// The protocol that was agreed on.
    pub alpn: Option<Vec<u8>>,
    /// The client's certificate chain in DER, its own first; empty without mutual TLS.
    pub client_certificates: Vec<Vec<u8>>,
    /// The subject of the client's own certificate, as whoever accepted the connection read it.
    pub client_subject: Option<HeaderValue>,
    /// What the connection was secured with: the number that the [`crate::TlsServer`] was given.
    pub policy: u64,
}

impl ConnectionInfo {
    /// A connection without TLS.
    pub fn plain(peer: SocketAddr, local: SocketAddr) -> Self {
        Self { peer, peer_text: address_text(peer.ip()), local, tls: None }
    }

    /// A connection with TLS.
    pub fn secured(peer: SocketAddr, local: SocketAddr, tls: Tls) -> Self {
        Self { tls: Some(tls), ..Self::plain(peer, local) }
    }

    /// What the handshake decided; `None` when the first bytes have to tell.
    pub(super) fn protocol(&self) -> Option<Spoken> {
        let tls = self.tls.as_ref()?;
        Some(if tls.alpn.as_deref() == Some(b"h2") { Spoken::Http2 } else { Spoken::Http1 })
    }
}

impl Tls {
    /// Reads the outcome from a finished handshake.
    pub fn of(connection: &rustls::ServerConnection) -> Self {
        Self {
            server_name: connection.server_name().map(str::to_owned),
            alpn: connection.alpn_protocol().map(<[u8]>::to_vec),
            client_certificates: connection
                .peer_certificates()
                .unwrap_or_default()
                .iter()
                .map(|certificate| certificate.to_vec())
                .collect(),
            client_subject: None,
            policy: 0,
        }
    }
}

/// An address as a header value; an IPv4 address in IPv6 clothes as what it is.
pub fn address_text(address: IpAddr) -> HeaderValue {
    let text = address.to_canonical().to_string();
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
}
