//! Settings of the edge: whom it believes, how many it lets in, and how slowly.

use std::time::Duration;

use paifang_proxy::{EdgeSettings, Networks};
use paifang_wire::ServerSettings;

use super::given::Given;
use super::key::Key;
use super::{Complaints, value};

/// What is said of the edge; the rest is as it is by default.
pub(super) fn parse(given: &Given, complaints: &mut Complaints) -> EdgeSettings {
    let usual = EdgeSettings::default();
    let mut networks = |key| given.value(key, Networks::default(), value::networks, complaints);
    let (trusted_proxies, proxy_protocol) = (networks(Key::TrustedProxies), networks(Key::ProxyProtocol));
    let per_address = usual.connections_per_address;
    EdgeSettings {
        server: server(&usual.server, given, complaints),
        connections: given.value(Key::Connections, usual.connections, value::crowd, complaints),
        connections_per_address: given.value(
            Key::ConnectionsPerAddress,
            per_address,
            value::some_crowd,
            complaints,
        ),
        calls: given.value(Key::Calls, usual.calls, value::crowd, complaints),
        trusted_proxies,
        proxy_protocol,
    }
}

fn server(usual: &ServerSettings, given: &Given, complaints: &mut Complaints) -> ServerSettings {
    let mut patience = |key, usual: Duration| given.value(key, usual, value::patience, complaints);
    let head_timeout = patience(Key::HeadTimeout, usual.head_timeout);
    let body_idle = patience(Key::BodyIdle, usual.body_idle);
    let write_idle = patience(Key::WriteIdle, usual.write_idle);
    let keep_alive = patience(Key::KeepAlive, usual.keep_alive);
    ServerSettings {
        head_timeout,
        body_idle,
        write_idle,
        keep_alive,
        least_rate: given.value(Key::LeastRate, usual.least_rate, value::rate, complaints),
        max_headers: given.value(Key::Headers, usual.max_headers, value::headers, complaints),
        h2_streams: given.value(Key::H2Streams, usual.h2_streams, value::streams, complaints),
        ..usual.clone()
    }
}
