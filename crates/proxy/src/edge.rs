//! What an API asks of the way by which a call comes: the protocol, and where it comes from.

use std::net::IpAddr;

use http::header::CONTENT_TYPE;
use paifang_model::definition::Protocol;
use paifang_model::dialect::Dialect;

use crate::exchange::{ClientScheme, Exchange};
use crate::refusal::Refusal;
use crate::snapshot::Route;

/// Checks protocol and network.
///
/// # Errors
/// The first that the API does not answer.
pub(crate) fn check(route: &Route, exchange: &Exchange) -> Result<(), Refusal> {
    check_protocol(route, exchange)?;
    if route.intranet_only && !is_private(exchange.client.address) {
        return Err(Refusal::IntranetOnly);
    }
    Ok(())
}

fn check_protocol(route: &Route, exchange: &Exchange) -> Result<(), Refusal> {
    let (protocol, used) = match (exchange.client.scheme, exchange.upgrade.is_some()) {
        (ClientScheme::Http, false) => (Protocol::Http, "HTTP"),
        (ClientScheme::Https, false) => (Protocol::Https, "HTTPS"),
        (_, true) => (Protocol::Websocket, "WEBSOCKET"),
    };
    // In one dialect WebSocket comes with HTTP (spec: huawei/calling.md §7).
    let comes_with_http = route.group.dialect == Dialect::Huawei && protocol == Protocol::Websocket;
    let is_grpc =
        protocol == Protocol::Https && route.protocols.contains(Protocol::Grpcs) && is_grpc(exchange);
    if route.protocols.contains(protocol) || comes_with_http || is_grpc {
        return Ok(());
    }
    Err(Refusal::ProtocolNotOffered { used, offered: route.protocols.to_string() })
}

/// gRPC over HTTP/2 says so in its content type.
fn is_grpc(exchange: &Exchange) -> bool {
    let content_type = exchange.head.headers.text(CONTENT_TYPE).unwrap_or_default();
    content_type.starts_with("application/grpc")
}

/// Addresses that the internet does not route: RFC 1918, RFC 4193, RFC 6598, and the machine's and the link's own.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            let carrier = first == 100 && (64..128).contains(&second);
            v4.is_private() || v4.is_loopback() || v4.is_link_local() || carrier
        }
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_internet_is_told_from_the_intranet() {
        let private = |text: &str| is_private(text.parse().expect("an address"));
        for inside in
            ["10.1.2.3", "172.31.0.1", "192.168.0.1", "127.0.0.1", "100.64.0.1", "::1", "fd00::1", "fe80::1"]
        {
            assert!(private(inside), "{inside}");
        }
        for outside in ["203.0.113.9", "172.32.0.1", "100.128.0.1", "8.8.8.8", "2001:db8::1"] {
            assert!(!private(outside), "{outside}");
        }
    }
}
