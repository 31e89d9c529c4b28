//! What the edge lets in, and how slowly.

use paifang_wire::ServerSettings;

use crate::networks::Networks;

/// The most bytes of a head. Above what any group allows (128 KiB of headers, 32 KiB of target, and what stands
/// between them), so that groups refuse in their own words.
const HEAD_AT_MOST: u32 = 192 * 1024;

/// What the edge lets in, and how slowly.
#[derive(Debug, Clone)]
pub struct EdgeSettings {
    /// What clients may send on a connection, and how slowly. A PROXY header and a TLS handshake have as long as a head.
    pub server: ServerSettings,
    /// Connections of clients at once; more are told that the gateway is busy. Default 100,000.
    pub connections: usize,
    /// The same from one address, or one /64 of IPv6; none, the default: as many as all may have.
    pub connections_per_address: Option<usize>,
    /// Calls at once; more are told that the gateway is busy. Default 50,000.
    pub calls: usize,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Networks,
    /// Load balancers whose connections begin with a PROXY header.
    pub proxy_protocol: Networks,
}

impl Default for EdgeSettings {
    fn default() -> Self {
        Self {
            server: ServerSettings { max_head_bytes: HEAD_AT_MOST, ..ServerSettings::default() },
            connections: 100_000,
            connections_per_address: None,
            calls: 50_000,
            trusted_proxies: Networks::default(),
            proxy_protocol: Networks::default(),
        }
    }
}
