//! Where no backend may be, whatever its name resolves to: whoever publishes APIs or channels must not reach with the gateway
//! what they could not reach without it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use crate::shared::Settings;

/// Whether cloud machines keep their credentials there, the gateway itself is managed there, or it is not where the operator
/// says that backends are. Asked before each connection.
pub(super) fn is_forbidden(settings: &Settings, socket: SocketAddr) -> bool {
    let ip = socket.ip().to_canonical();
    let own = settings.own_addresses.iter().any(|own| own.port() == socket.port() && is_same(own.ip(), ip));
    let elsewhere = settings.backend_networks.as_ref().is_some_and(|networks| !networks.contain(ip));
    own || elsewhere || (keeps_credentials(ip) && !settings.link_local_backends)
}

/// Whether whoever connects to `ip` reaches what listens on `own`. An unspecified address is that of all addresses of the machine, to
/// listen on, and of one of them, to connect to.
fn is_same(own: IpAddr, ip: IpAddr) -> bool {
    own == ip || ip.is_unspecified() || (own.is_unspecified() && is_of_this_machine(ip))
}

/// Only the machine's own addresses can be bound. Asked when the port is one of ours, which is next to never.
fn is_of_this_machine(ip: IpAddr) -> bool {
    ip.is_loopback() || UdpSocket::bind((ip, 0)).is_ok()
}

/// Link-local addresses, and the others at which clouds tell a machine its credentials: 100.100.100.200, 192.0.0.192 and
/// fd00:ec2::254; the IPv4 ones also as a NAT64 gateway would translate them (RFC 6052 §2.1).
fn keeps_credentials(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            let told = matches!(v4.octets(), [100, 100, 100, 200] | [192, 0, 0, 192]);
            told || v4.is_link_local() || v4.is_unspecified()
        }
        IpAddr::V6(v6) => match v6.segments() {
            [0x64, 0xff9b, 0, 0, 0, 0, high, low] => carried(high, low),
            // What else carries an IPv4 address: 6to4 (RFC 3056), the local NAT64 prefix (RFC 8215), and the form before
            // IPv4-mapped addresses (RFC 4291 §2.5.5.1), of which ::1 is none.
            [0x2002, high, low, ..] | [0x64, 0xff9b, 1, .., high, low] => carried(high, low),
            [0, 0, 0, 0, 0, 0, high, low] if high > 0 => carried(high, low),
            [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] => true,
            _ => v6.is_unicast_link_local() || v6.is_unspecified(),
        },
    }
}

fn carried(high: u16, low: u16) -> bool {
    keeps_credentials(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing is sent: connecting a datagram socket only picks an address.
    #[test]
    fn the_machine_knows_its_addresses() {
        let socket = UdpSocket::bind("0.0.0.0:0").expect("a socket");
        if socket.connect("192.0.2.1:9").is_ok() {
            assert!(is_of_this_machine(socket.local_addr().expect("an address").ip()));
        }
        assert!(is_of_this_machine(IpAddr::from([127, 0, 0, 1])));
        assert!(!is_of_this_machine(IpAddr::from([203, 0, 113, 9])));
    }

    #[test]
    fn the_management_port_is_known_by_every_address_that_leads_there() {
        let settings = Settings {
            own_addresses: vec!["127.0.0.1:9000".parse().expect("an address")],
            link_local_backends: true,
            ..Settings::default()
        };
        let forbidden = |text: &str| is_forbidden(&settings, text.parse().expect("an address"));
        for there in ["127.0.0.1:9000", "[::ffff:127.0.0.1]:9000", "0.0.0.0:9000", "[::]:9000"] {
            assert!(forbidden(there), "{there}");
        }
        for elsewhere in ["127.0.0.1:9001", "192.0.2.7:9000", "0.0.0.0:80"] {
            assert!(!forbidden(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn addresses_with_credentials_are_known_in_every_form() {
        let keeps =
            |text: &str| keeps_credentials(text.parse::<IpAddr>().expect("an address").to_canonical());
        for there in [
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "100.100.100.200",
            "192.0.0.192",
            "64:ff9b:1::a9fe:a9fe",
            "2002:a9fe:a9fe::1",
            "::169.254.169.254",
            "fd00:ec2::254",
            "fe80::1",
            "0.0.0.0",
            "::",
        ] {
            assert!(keeps(there), "{there}");
        }
        for not in [
            "127.0.0.1",
            "10.0.0.1",
            "100.100.100.201",
            "fd00::254",
            "64:ff9b::808:808",
            "2001:db8::1",
            "::1",
            "2002:808:808::1",
        ] {
            assert!(!keeps(not), "{not}");
        }
    }
}
